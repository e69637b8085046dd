CREATE TABLE IF NOT EXISTS zoom_transcriber_recording (
  id               varchar(300) PRIMARY KEY,
  segment          varchar(300) NOT NULL UNIQUE,
  meeting_uuid     varchar,
  meeting_id       bigint,
  topic            text,
  host             varchar,
  start_time       timestamp with time zone,
  time_zone        varchar,
  duration_minutes integer NOT NULL,
  recording_type   varchar,
  file_size        bigint NOT NULL,
  download_url     text,
  zoom             text,
  state            varchar(20) NOT NULL,
  reason           text,
  hand_off         varchar(20),
  audio_url        text,
  transcript_id    varchar,
  submitted_at     timestamp with time zone,
  stuck            boolean DEFAULT FALSE NOT NULL,
  submissions      integer DEFAULT 0 NOT NULL,
  failures         integer DEFAULT 0 NOT NULL,
  left_out         varchar DEFAULT '' NOT NULL,
  lease_owner      varchar(100),
  lease_until      timestamp with time zone NOT NULL,
  output_name      text,
  output_key       varchar(1000) UNIQUE,
  output_files     text,
  language_code    varchar,
  audio_seconds    integer,
  speech_model     varchar,
  created_at       timestamp with time zone NOT NULL,
  updated_at       timestamp with time zone NOT NULL
);
ALTER TABLE zoom_transcriber_recording ADD COLUMN IF NOT EXISTS progress varchar;
CREATE INDEX IF NOT EXISTS zoom_transcriber_recording_due ON zoom_transcriber_recording (state, lease_until);
ALTER TABLE zoom_transcriber_recording ADD COLUMN IF NOT EXISTS delivered_at timestamp with time zone;
CREATE INDEX IF NOT EXISTS zoom_transcriber_recording_found ON zoom_transcriber_recording (created_at, id);
CREATE INDEX IF NOT EXISTS zoom_transcriber_recording_state_found ON zoom_transcriber_recording (state, created_at, id);
CREATE INDEX IF NOT EXISTS zoom_transcriber_recording_delivered ON zoom_transcriber_recording (delivered_at);
CREATE TABLE IF NOT EXISTS zoom_transcriber_note (
  name       varchar(100) PRIMARY KEY,
  text       text,
  updated_at timestamp with time zone NOT NULL
);
