CREATE INDEX IF NOT EXISTS zoom_transcriber_recording_submitted ON zoom_transcriber_recording (submitted_at);
