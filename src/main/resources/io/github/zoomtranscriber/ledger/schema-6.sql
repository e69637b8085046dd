CREATE TABLE IF NOT EXISTS zoom_transcriber_step (
  recording_id varchar(300) NOT NULL,
  name         varchar(300) NOT NULL,
  done_at      timestamp with time zone,
  tries        integer NOT NULL,
  reason       text,
  result       text,
  claimed_by   varchar,
  due_at       timestamp with time zone NOT NULL,
  PRIMARY KEY (recording_id, name)
);
CREATE INDEX IF NOT EXISTS zoom_transcriber_step_due ON zoom_transcriber_step (done_at, due_at)
