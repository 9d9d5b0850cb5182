-- What is known of peers beyond a restart, and the cluster's hash rate.

-- Peers that get no work. Whoever is in service has no row. ends_at is null where only an operator
-- ends it.
create table standing (
  peer_id uuid not null,
  state varchar(16) not null,
  reason varchar(200) not null,
  begun_at timestamp with time zone not null,
  ends_at timestamp with time zone,
  constraint standing_key primary key (peer_id)
);

create index standing_begun_index on standing (begun_at);

-- How honest peers have proven. kept is JSON, which only the master's trust in peers understands.
create table conduct (
  peer_id uuid not null,
  kept text not null,
  changed_at timestamp with time zone not null,
  constraint conduct_key primary key (peer_id)
);

create index conduct_changed_index on conduct (changed_at);

-- Means of the hash rate, each of the time that begins at begun_at; the newest of each resolution
-- still changes.
create table hash_rate_sample (
  master_id uuid not null,
  resolution varchar(16) not null,
  begun_at timestamp with time zone not null,
  hashes_per_second double precision not null,
  measurements integer not null,
  constraint hash_rate_sample_key primary key (master_id, resolution, begun_at)
);

-- Ranges of finite jobs that another peer searched again, under the lease that is the key, and what
-- came of comparing the shares.
create table redo (
  lease bigint not null,
  unit_id bigint not null,
  job_id varchar(64) not null,
  first_peer_id uuid not null,
  second_peer_id uuid not null,
  nonce_start bigint not null,
  nonce_count bigint not null,
  matched bigint not null,
  missed_by_first bigint not null,
  missed_by_second bigint not null,
  compared_at timestamp with time zone not null,
  constraint redo_key primary key (lease)
);

create index redo_unit_index on redo (unit_id, lease);

create index redo_time_index on redo (compared_at);
