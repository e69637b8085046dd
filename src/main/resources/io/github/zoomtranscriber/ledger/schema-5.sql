ALTER TABLE zoom_transcriber_recording ADD COLUMN IF NOT EXISTS reason_code varchar(40);
