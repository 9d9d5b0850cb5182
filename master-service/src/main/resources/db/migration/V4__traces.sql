-- The trace that a job belongs to, as the header of this name says it: null for jobs that are older
-- than traces.
alter table job add column traceparent varchar(55);
