-- Model cards and what protects against a database set back. No person, no pseudonym, no prediction.

create table model_card (
  model_version text primary key,
  model text not null,
  eligible boolean not null,
  reason text,
  as_of date,
  data_through date,
  fitted_at timestamptz not null,
  customers bigint not null,
  repeat_buyers bigint not null,
  repeat_purchases bigint not null,
  parameters jsonb not null,
  log_likelihood double precision,
  gradient_norm double precision,
  condition double precision,
  evaluations integer,
  constraint a_card_is_eligible_or_says_why check (eligible = (reason is null))
);

create index model_card_fitted_at on model_card (fitted_at desc);

-- The highest revision of each shard of purchase histories that was ever loaded.
create table seen_revision (
  shard integer primary key check (shard between 0 and 63),
  revision bigint not null check (revision >= 0)
);
