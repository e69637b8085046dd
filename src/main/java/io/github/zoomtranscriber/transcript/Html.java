package io.github.zoomtranscriber.transcript;

import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Writes HTML; what is given as text stays text, wherever it stands. */
final class Html {

    private static final Pattern LINK = Pattern.compile("https?://[^\\s<>\"']*[^\\s<>\"'.,;:!?)\\]}]");

    private final Appendable out;

    Html(Appendable out) {
        this.out = out;
    }

    /** @param markup written as it is: ours alone */
    Html raw(String markup) throws IOException {
        out.append(markup);
        return this;
    }

    Html text(String text) throws IOException {
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            switch (character) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                default -> out.append(character);
            }
        }
        return this;
    }

    /** Text in which links to the web can be clicked. */
    Html linked(String text) throws IOException {
        int from = 0;
        Matcher links = LINK.matcher(text);
        while (links.find()) {
            text(text.substring(from, links.start()));
            String link = Links.web(links.group());
            if (link.isEmpty()) {
                text(links.group());
            } else {
                raw("<a href=\"")
                        .text(link)
                        .raw("\" rel=\"noopener noreferrer nofollow\">")
                        .text(links.group())
                        .raw("</a>");
            }
            from = links.end();
        }
        return text(text.substring(from));
    }
}
