package io.github.zoomtranscriber.transcript;

import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.time.Duration;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Front matter for programs, then the meeting for people. */
final class MarkdownFormat {

    private static final int MOST_TIMES = 8;

    private final Transcript transcript;
    private final Meeting meeting;
    private final Appendable out;

    private MarkdownFormat(Transcript transcript, Appendable out) {
        this.transcript = transcript;
        this.meeting = transcript.meeting();
        this.out = out;
    }

    static void write(Transcript transcript, Appendable out) throws IOException {
        MarkdownFormat format = new MarkdownFormat(transcript, out);
        format.frontMatter();
        format.head();
        format.list("Summary", escaped(transcript.summary()));
        format.list("Action items", escaped(transcript.actionItems()));
        format.list(
                "Highlights",
                transcript.highlights().stream().map(MarkdownFormat::highlight).toList());
        format.speakers();
        format.passages();
    }

    private static List<String> escaped(List<String> texts) {
        return texts.stream().map(Markdown::escape).toList();
    }

    private void frontMatter() throws IOException {
        out.append("---\n");
        field("topic", meeting.topic());
        field("host", meeting.host());
        field("start", meeting.begin() == null ? "" : DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(meeting.begin()));
        field("time_zone", meeting.begin() == null ? "" : meeting.zone().getId());
        field(
                "length",
                meeting.length().isZero() ? "" : Times.clock(meeting.length().toMillis()));
        field("language", transcript.languageCode());
        if (!transcript.speakers().isEmpty()) {
            out.append(transcript.speakers().stream()
                    .map(speaker -> quoted(speaker.name()))
                    .collect(Collectors.joining(", ", "speakers: [", "]\n")));
        }
        field("meeting_id", meeting.id());
        field("meeting_uuid", meeting.uuid());
        field("recording_id", meeting.recordingId());
        field("recording_type", meeting.recordingType());
        field("transcript_id", transcript.id());
        field("speech_model", transcript.model());
        field("share_url", meeting.shareUrl());
        out.append("---\n\n");
    }

    private void field(String name, String value) throws IOException {
        if (!value.isEmpty()) {
            out.append(name).append(": ").append(quoted(value)).append('\n');
        }
    }

    /** A string of JSON is one of YAML. */
    private static String quoted(String text) {
        return TextNode.valueOf(text).toString();
    }

    private void head() throws IOException {
        out.append("# ").append(Markdown.escape(transcript.title())).append("\n\n");
        List<String> facts = new ArrayList<>();
        facts.add(Times.when(meeting));
        facts.add(meeting.length().isZero() ? "" : Times.length(meeting.length()));
        facts.add(meeting.host().isEmpty() ? "" : "host: " + Markdown.escape(meeting.host()));
        facts.add(Text.language(transcript.languageCode()).getDisplayLanguage(Locale.ENGLISH));
        facts.add(meeting.shareUrl().isEmpty() ? "" : "[recording at Zoom](<" + meeting.shareUrl() + ">)");
        facts.removeIf(String::isEmpty);
        if (!facts.isEmpty()) {
            out.append(String.join(" \u00B7 ", facts)).append("\n\n");
        }
        for (String note : transcript.notes()) {
            out.append("*").append(Markdown.escape(note)).append("*\n\n");
        }
    }

    private void list(String title, List<String> items) throws IOException {
        if (!items.isEmpty()) {
            out.append("## ").append(title).append("\n\n");
            for (String item : items) {
                out.append(items.size() == 1 ? "" : "- ").append(item).append('\n');
            }
            out.append('\n');
        }
    }

    private static String highlight(Highlight highlight) {
        return Markdown.escape(highlight.text())
                + highlight.times().stream()
                        .limit(MOST_TIMES)
                        .map(Times::clock)
                        .collect(Collectors.joining(", ", " (", ")"))
                        .replace(" ()", "");
    }

    private void speakers() throws IOException {
        long all = transcript.speakers().stream()
                .map(Speaker::spoken)
                .mapToLong(Duration::toMillis)
                .sum();
        if (transcript.speakers().isEmpty()) {
            return;
        }
        out.append(
                "## Speakers\n\n| Speaker | Spoke | Share | How the name was found |\n| --- | ---: | ---: | --- |\n");
        for (Speaker speaker : transcript.speakers()) {
            out.append("| ")
                    .append(Markdown.escape(speaker.name()))
                    .append(" | ")
                    .append(Times.length(speaker.spoken()))
                    .append(" | ")
                    .append(Long.toString(Math.round(100.0 * speaker.spoken().toMillis() / Math.max(1, all))))
                    .append(" % | ")
                    .append(speaker.origin())
                    .append(" |\n");
        }
        out.append('\n');
    }

    private void passages() throws IOException {
        out.append("## Transcript\n");
        if (transcript.isSpeechless()) {
            out.append('\n').append(Transcript.NO_SPEECH).append('\n');
        }
        for (Passage passage : transcript.passages()) {
            out.append('\n');
            if (passage instanceof Chapter chapter) {
                out.append("### ").append(Markdown.escape(chapter.title())).append('\n');
                out.append(chapter.text().isEmpty() ? "" : "\n*" + Markdown.escape(chapter.text()) + "*\n");
            } else if (passage instanceof ChatMessage message) {
                out.append("> **")
                        .append(Markdown.escape(message.sender().isEmpty() ? "Somebody" : message.sender()))
                        .append("** in the chat *")
                        .append(Times.clock(message.start()))
                        .append("*\\\n> ")
                        .append(message.text().lines().map(Markdown::escape).collect(Collectors.joining("\\\n> ")))
                        .append('\n');
            } else if (passage instanceof Paragraph paragraph) {
                write(paragraph);
            }
        }
    }

    private void write(Paragraph paragraph) throws IOException {
        if (paragraph.opens() && paragraph.speaker() != null) {
            out.append("**")
                    .append(Markdown.escape(paragraph.speaker().name()))
                    .append("** *")
                    .append(Times.clock(paragraph.start()))
                    .append("*\n\n");
        } else {
            out.append("*").append(Times.clock(paragraph.start())).append("* ");
        }
        out.append(Markdown.escape(paragraph.text())).append('\n');
    }
}
