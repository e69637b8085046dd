ALTER TABLE zoom_transcriber_recording ADD COLUMN IF NOT EXISTS progress varchar;
ALTER TABLE zoom_transcriber_recording ADD COLUMN IF NOT EXISTS delivered_at timestamp with time zone;
CREATE INDEX IF NOT EXISTS zoom_transcriber_recording_found ON zoom_transcriber_recording (created_at, id);
CREATE INDEX IF NOT EXISTS zoom_transcriber_recording_state_found ON zoom_transcriber_recording (state, created_at, id);
CREATE INDEX IF NOT EXISTS zoom_transcriber_recording_delivered ON zoom_transcriber_recording (delivered_at, created_at, submitted_at, audio_seconds);
CREATE TABLE IF NOT EXISTS zoom_transcriber_node (
  id          varchar(100) PRIMARY KEY,
  name        varchar NOT NULL,
  joined_at   timestamp with time zone NOT NULL,
  seen_at     timestamp with time zone NOT NULL,
  seen_until  timestamp with time zone NOT NULL
);
CREATE TABLE IF NOT EXISTS zoom_transcriber_tick (
  name        varchar(100) PRIMARY KEY,
  scheduled   timestamp with time zone NOT NULL,
  begun_at    timestamp with time zone NOT NULL,
  node        varchar(100) NOT NULL
);
CREATE TABLE IF NOT EXISTS zoom_transcriber_token (
  name        varchar(100) PRIMARY KEY,
  sealed      text,
  valid_until timestamp with time zone NOT NULL,
  asked_by    varchar(100),
  asked_until timestamp with time zone NOT NULL
);
