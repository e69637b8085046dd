CREATE TABLE IF NOT EXISTS zoom_transcriber_history (
  recording   varchar(300) NOT NULL,
  number      bigint GENERATED ALWAYS AS IDENTITY,
  at          timestamp with time zone NOT NULL,
  state       varchar(20) NOT NULL,
  hand_off    varchar(20),
  attempt     integer NOT NULL,
  reason      text,
  node        varchar,
  PRIMARY KEY (recording, number)
);
