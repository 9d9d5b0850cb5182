-- The totals of peers may be written later than what they are the totals of: the number of the last
-- group that they contain.
alter table master add column totals_number bigint default 0 not null;

update master set totals_number = group_number;
