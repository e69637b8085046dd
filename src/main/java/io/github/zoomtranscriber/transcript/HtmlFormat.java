package io.github.zoomtranscriber.transcript;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** One page that needs nothing else: no network, no other file. */
final class HtmlFormat {

    /** So many colours the style knows; then they begin again. */
    private static final int COLOURS = 8;

    private static final int MOST_TIMES = 8;

    private final Transcript transcript;
    private final Meeting meeting;
    private final Html html;

    private HtmlFormat(Transcript transcript, Appendable out) {
        this.transcript = transcript;
        this.meeting = transcript.meeting();
        this.html = new Html(out);
    }

    static void write(Transcript transcript, Appendable out) throws IOException {
        HtmlFormat page = new HtmlFormat(transcript, out);
        page.head();
        page.title();
        page.chapters();
        page.list("Summary", "summary", transcript.summary());
        page.list("Action items", "actions", transcript.actionItems());
        page.highlights();
        new HtmlSpeakers(transcript, page.html).write();
        page.search();
        page.passages();
        page.foot();
    }

    private void head() throws IOException {
        html.raw(
                        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-Policy\" content=\"")
                .text(PageParts.POLICY)
                .raw("\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
                .raw("<meta name=\"referrer\" content=\"no-referrer\">\n<title>")
                .text(transcript.title())
                .raw("</title>\n<style>")
                .raw(PageParts.STYLE)
                .raw(
                        "</style>\n</head>\n<body>\n<a class=\"skip\" href=\"#transcript\">Skip to the transcript</a>\n<div class=\"page")
                .raw(transcript.chapters().isEmpty() ? "" : " with-chapters")
                .raw("\">\n");
    }

    private void title() throws IOException {
        html.raw("<header>\n<h1 dir=\"auto\">").text(transcript.title()).raw("</h1>\n<p class=\"facts\">");
        fact(Times.when(meeting));
        fact(meeting.length().isZero() ? "" : Times.length(meeting.length()));
        fact(meeting.host().isEmpty() ? "" : "host: " + meeting.host());
        fact(Text.language(transcript.languageCode()).getDisplayLanguage(Locale.ENGLISH));
        html.raw("</p>\n");
        if (!meeting.shareUrl().isEmpty()) {
            html.raw("<a class=\"play\" href=\"")
                    .text(meeting.shareUrl())
                    .raw("\" target=\"_blank\" rel=\"noopener noreferrer\">Recording at Zoom</a>\n");
        }
        for (String note : transcript.notes()) {
            html.raw("<p class=\"note\" dir=\"auto\">").text(note).raw("</p>\n");
        }
        html.raw("</header>\n");
    }

    private void fact(String text) throws IOException {
        if (!text.isEmpty()) {
            html.raw("<span>").text(text).raw("</span> ");
        }
    }

    private void chapters() throws IOException {
        if (!transcript.chapters().isEmpty()) {
            html.raw("<section class=\"chapters\" aria-labelledby=\"chapters\">\n<h2 id=\"chapters\">Chapters</h2>\n")
                    .raw("<nav class=\"card\" aria-labelledby=\"chapters\">\n<ol>\n");
            int number = 0;
            for (Chapter chapter : transcript.chapters()) {
                html.raw("<li><a href=\"#c" + ++number + "\" dir=\"auto\">")
                        .text(chapter.title())
                        .raw("</a> <span class=\"time\">")
                        .raw(Times.clock(chapter.start()))
                        .raw("</span></li>\n");
            }
            html.raw("</ol>\n</nav>\n</section>\n");
        }
    }

    private void list(String title, String id, List<String> items) throws IOException {
        if (!items.isEmpty()) {
            section(title, id);
            html.raw(items.size() == 1 ? "" : "<ul>\n");
            for (String item : items) {
                html.raw(items.size() == 1 ? "<p dir=\"auto\">" : "<li dir=\"auto\">")
                        .text(item)
                        .raw(items.size() == 1 ? "</p>\n" : "</li>\n");
            }
            html.raw(items.size() == 1 ? "" : "</ul>\n").raw("</div>\n</section>\n");
        }
    }

    private void section(String title, String id) throws IOException {
        html.raw("<section aria-labelledby=\"" + id + "\">\n<h2 id=\"" + id + "\">" + title
                + "</h2>\n<div class=\"card\">\n");
    }

    private void highlights() throws IOException {
        if (!transcript.highlights().isEmpty()) {
            section("Highlights", "highlights");
            html.raw("<ul>\n");
            for (Highlight highlight : transcript.highlights()) {
                html.raw("<li><bdi>").text(highlight.text()).raw("</bdi>");
                for (long time : highlight.times().stream().limit(MOST_TIMES).toList()) {
                    html.raw(" ");
                    time(time);
                }
                html.raw("</li>\n");
            }
            html.raw("</ul>\n</div>\n</section>\n");
        }
    }

    /** A time; where there is a link to the recording, one to this moment of it. */
    private void time(long milliseconds) throws IOException {
        String link = Links.moment(meeting, milliseconds);
        String clock = Times.clock(milliseconds);
        String time = "<time datetime=\"" + Duration.ofSeconds(milliseconds / 1000) + "\">" + clock + "</time>";
        if (link.isEmpty()) {
            html.raw("<span class=\"time\">" + time + "</span>");
        } else {
            html.raw("<a class=\"time\" href=\"")
                    .text(link)
                    .raw("\" target=\"_blank\" rel=\"noopener noreferrer\" aria-label=\"" + clock + ", play in Zoom\">"
                            + time + "</a>");
        }
    }

    private void search() throws IOException {
        html.raw(
                """
                <form class="search" role="search" hidden>
                <input type="search" placeholder="Search the transcript" aria-label="Search the transcript" autocomplete="off">
                <span class="found" role="status"></span>
                <button type="button" aria-label="Previous hit">\u2191</button>
                <button type="submit" aria-label="Next hit">\u2193</button>
                <label><input type="checkbox"> hits only</label>
                <button type="button">Clear</button>
                </form>
                """);
    }

    private void passages() throws IOException {
        String tag = Text.language(transcript.languageCode()).toLanguageTag();
        html.raw("<main id=\"transcript\" tabindex=\"-1\" aria-label=\"Transcript\"")
                .raw(tag.equals("und") ? "" : " lang=\"" + tag + "\"")
                .raw(">\n");
        if (transcript.isSpeechless()) {
            html.raw("<p class=\"empty\" lang=\"en\">" + Transcript.NO_SPEECH + "</p>\n");
        }
        boolean open = false;
        int chapter = 0;
        for (Passage passage : transcript.passages()) {
            boolean goesOn = passage instanceof Paragraph paragraph && !paragraph.opens();
            if (open && !goesOn) {
                html.raw("</div>\n");
            }
            open = passage instanceof Paragraph;
            if (passage instanceof Chapter title) {
                chapter(title, ++chapter);
            } else if (passage instanceof ChatMessage message) {
                chat(message);
            } else if (passage instanceof Paragraph paragraph) {
                paragraph(paragraph);
            }
        }
        html.raw(open ? "</div>\n</main>\n" : "</main>\n");
    }

    private void chapter(Chapter chapter, int number) throws IOException {
        html.raw("<h2 class=\"chapter\" id=\"c" + number + "\" dir=\"auto\">")
                .text(chapter.title())
                .raw("</h2>\n");
        if (!chapter.text().isEmpty()) {
            html.raw("<p class=\"about\" dir=\"auto\">").text(chapter.text()).raw("</p>\n");
        }
    }

    private void chat(ChatMessage message) throws IOException {
        Speaker sender = transcript.speakers().stream()
                .filter(speaker -> speaker.name().equals(message.sender()))
                .findFirst()
                .orElse(null);
        html.raw("<div class=\"chat " + colour(sender) + "\" data-speaker=\"" + number(sender) + "\" data-start=\""
                        + message.start() + "\">\n<p class=\"who\"><bdi class=\"name\">")
                .text(message.sender().isEmpty() ? "Somebody" : message.sender())
                .raw("</bdi> <span class=\"tag\" lang=\"en\">in the chat</span> ");
        time(message.start());
        html.raw("</p>\n<p class=\"text\" dir=\"auto\">").linked(message.text()).raw("</p>\n</div>\n");
    }

    private void paragraph(Paragraph paragraph) throws IOException {
        Speaker speaker = paragraph.speaker();
        if (paragraph.opens()) {
            html.raw("<div class=\"turn " + colour(speaker) + "\" data-speaker=\"" + number(speaker)
                    + "\" data-start=\"" + paragraph.start() + "\">\n");
            if (speaker != null) {
                html.raw("<p class=\"who\"><bdi class=\"name\">")
                        .text(speaker.name())
                        .raw("</bdi> ");
                time(paragraph.start());
                html.raw("</p>\n");
            }
        }
        html.raw("<p class=\"said\" dir=\"auto\">");
        if (speaker == null || !paragraph.opens()) {
            time(paragraph.start());
        }
        html.raw("<span class=\"text\">").text(paragraph.text()).raw("</span></p>\n");
    }

    static String colour(Speaker speaker) {
        return "s" + (speaker == null ? 0 : (speaker.number() - 1) % COLOURS + 1);
    }

    private static int number(Speaker speaker) {
        return speaker == null ? 0 : speaker.number();
    }

    private void foot() throws IOException {
        html.raw("<footer>\n<details>\n<summary>About this transcript</summary>\n<dl>\n");
        about("Meeting", meeting.id());
        about("Meeting\u2019s uuid", meeting.uuid());
        about("Recording", meeting.recordingId());
        about("Transcript", transcript.id());
        about("Speech model", transcript.model());
        html.raw("</dl>\n</details>\n</footer>\n</div>\n<script>")
                .raw(PageParts.SCRIPT)
                .raw("</script>\n</body>\n</html>\n");
    }

    private void about(String name, String value) throws IOException {
        if (!value.isEmpty()) {
            html.raw("<dt>" + name + "</dt><dd>").text(value).raw("</dd>\n");
        }
    }
}
