-- Finite jobs that clients post, how far every job is, and answers to requests that may be repeated.

-- priority, share_target and stop_after_shares are null for jobs that a source replaces and varies.
-- nonces_searched counts the units that have ended; work_unit tells of the others.
alter table job add column priority integer;
alter table job add column share_target bytea;
alter table job add column stop_after_shares bigint;
alter table job add column nonces_added bigint default 0 not null;
alter table job add column nonces_searched bigint default 0 not null;
alter table job add column nonces_failed bigint default 0 not null;
alter table job add column nonces_cancelled bigint default 0 not null;
alter table job add column shares_found bigint default 0 not null;

-- What was answered to a request with an Idempotency-Key, committed together with what it did. Each
-- master answers for itself, so that none fails another's group.
create table answer (
  master_id uuid not null,
  idempotency_key varchar(255) not null,
  fingerprint bytea not null,
  status integer not null,
  location varchar(255) not null,
  body text not null,
  answered_at timestamp with time zone not null,
  constraint answer_key primary key (master_id, idempotency_key)
);

create index answer_key_index on answer (idempotency_key);

create index answer_time_index on answer (answered_at);
