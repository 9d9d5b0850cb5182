-- Runs unchanged on H2 and on PostgreSQL. Targets, hashes and blobs are in memory order. Indexes
-- descend where lists are shown newest first: H2 would sort otherwise.

-- Where numbers are taken from, a block at a time, by however many masters there are.
create table number_block (
  name varchar(32) not null,
  next_number bigint not null,
  constraint number_block_key primary key (name)
);

-- One row for each master that ever used this database. A group of changes is committed together
-- with its number, so that a master whose commit went unanswered can tell whether it was made; the
-- epoch rises with every start and every take-over and shuts out whoever knows an older one.
create table master (
  id uuid not null,
  name varchar(64) not null,
  epoch bigint not null,
  group_number bigint not null,
  started_at timestamp with time zone not null,
  heartbeat_at timestamp with time zone not null,
  constraint master_key primary key (id)
);

-- sequence_number orders jobs by their arrival. The state of what the source needs to go on with
-- the job after a restart is in keepsake, which only the source understands.
create table job (
  id varchar(64) not null,
  sequence_number bigint not null,
  master_id uuid not null,
  source varchar(32) not null,
  algorithm varchar(32) not null,
  blob bytea not null,
  nonce_offset integer not null,
  nonce_start bigint not null,
  nonce_count bigint not null,
  seed_hash bytea not null,
  next_seed_hash bytea not null,
  network_target bytea,
  height bigint not null,
  extra_nonce bytea not null,
  keepsake bytea not null,
  state varchar(16) not null,
  is_current boolean not null,
  nonces_cut bigint not null,
  created_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  constraint job_key primary key (id),
  constraint job_sequence_unique unique (sequence_number),
  constraint job_master_fk foreign key (master_id) references master (id)
);

create index job_state_index on job (state, sequence_number desc);

create index job_master_index on job (master_id, sequence_number desc);

-- A unit with its lease, or the last one it had; earlier leases are in past_lease. result_id is the
-- worker's id of the result that ended the unit. The era is a run of neighbouring ids: with it in
-- front, the index by peer grows at its end, and a group touches few of its pages.
create table work_unit (
  id bigint not null,
  era integer not null,
  job_id varchar(64) not null,
  state varchar(16) not null,
  nonce_start bigint not null,
  nonce_count bigint not null,
  searched bigint not null,
  peer_id uuid,
  lease bigint not null,
  lease_start bigint not null,
  share_target bytea,
  lease_expires_at timestamp with time zone,
  attempts integer not null,
  result_id bigint not null,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  constraint work_unit_key primary key (id)
);

create index work_unit_state_index on work_unit (state, id desc);

create index work_unit_job_index on work_unit (job_id, id desc);

create index work_unit_peer_index on work_unit (era, peer_id, id);

-- Leases that ended while their unit went on.
create table past_lease (
  lease bigint not null,
  unit_id bigint not null,
  job_id varchar(64) not null,
  peer_id uuid not null,
  nonce_start bigint not null,
  nonce_count bigint not null,
  searched bigint not null,
  share_target bytea not null,
  ending varchar(16) not null,
  result_id bigint not null,
  ended_at timestamp with time zone not null,
  constraint past_lease_key primary key (lease)
);

create index past_lease_unit_index on past_lease (unit_id, lease);

create index past_lease_job_index on past_lease (job_id, lease desc);

create table share (
  id bigint not null,
  era integer not null,
  job_id varchar(64) not null,
  unit_id bigint not null,
  lease bigint not null,
  peer_id uuid not null,
  result_id bigint not null,
  nonce bigint not null,
  hash bytea not null,
  difficulty numeric(78) not null,
  is_block boolean not null,
  found_at timestamp with time zone not null,
  constraint share_key primary key (id)
);

create index share_job_index on share (job_id, id desc);

create index share_peer_index on share (era, peer_id, id);

create table block (
  id bigint not null,
  job_id varchar(64) not null,
  height bigint not null,
  nonce bigint not null,
  hash bytea not null,
  difficulty numeric(78) not null,
  peer_id uuid not null,
  outcome varchar(16) not null,
  detail varchar(4000) not null,
  found_at timestamp with time zone not null,
  constraint block_key primary key (id),
  constraint block_nonce_unique unique (job_id, nonce)
);

create index block_outcome_index on block (outcome, id desc);

-- capabilities is JSON. master_id names the master that the peer is connected to.
create table peer (
  id uuid not null,
  name varchar(64) not null,
  software varchar(128) not null,
  address varchar(128) not null,
  http_port integer not null,
  capabilities text not null,
  master_id uuid,
  hashes_total bigint not null,
  connected_at timestamp with time zone not null,
  last_seen_at timestamp with time zone not null,
  constraint peer_key primary key (id)
);

create index peer_seen_index on peer (last_seen_at, id);

-- The totals of a peer, which stay exact however much of its history is deleted. They change with
-- every share: rows as narrow as can be.
create table peer_total (
  peer_id uuid not null,
  shares_accepted bigint not null,
  difficulty_accepted numeric(78) not null,
  constraint peer_total_key primary key (peer_id)
);

create table peer_rejection (
  peer_id uuid not null,
  reason varchar(32) not null,
  rejections bigint not null,
  constraint peer_rejection_key primary key (peer_id, reason)
);

-- Sums over everything that ever was, one row for each master, so that none waits for another.
create table total (
  master_id uuid not null,
  name varchar(64) not null,
  amount numeric(78) not null,
  constraint total_key primary key (master_id, name)
);
