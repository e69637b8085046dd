package io.github.zoomtranscriber.transcript;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever a meeting is called and whatever is said in it, the page is ours. */
class HtmlFormatPropertyTest {

    private static final Set<String> TAGS = Set.of(
            "html", "head", "meta", "title", "style", "body", "a", "div", "header", "h1", "h2", "p", "span", "section",
            "nav", "ol", "ul", "li", "bdi", "time", "table", "thead", "tbody", "tr", "th", "td", "svg", "path", "form",
            "input", "button", "label", "main", "footer", "details", "summary", "dl", "dt", "dd", "script");

    private static final Set<String> ATTRIBUTES = Set.of(
            "lang",
            "charset",
            "http-equiv",
            "content",
            "name",
            "class",
            "id",
            "href",
            "target",
            "rel",
            "dir",
            "aria-label",
            "aria-labelledby",
            "aria-hidden",
            "datetime",
            "role",
            "scope",
            "viewBox",
            "preserveAspectRatio",
            "d",
            "data-length",
            "data-speaker",
            "data-start",
            "hidden",
            "type",
            "placeholder",
            "autocomplete",
            "tabindex");

    @Provide
    Arbitrary<JsonNode> meetings() {
        return Meetings.all();
    }

    @Property(tries = 700, edgeCases = EdgeCasesMode.NONE)
    void noTextBecomesMarkupAndNoneIsLost(@ForAll @From("meetings") JsonNode document) {
        Transcript transcript = Documents.read(document, SpeakerNames.Mode.TIMELINE);
        PageParser page = new PageParser(Documents.write(Format.HTML, transcript));
        assertEquals(Map.of("style", PageParts.STYLE, "script", PageParts.SCRIPT), page.raw);
        for (PageParser.Tag tag : page.tags) {
            assertTrue(TAGS.contains(tag.name()), tag::toString);
            assertTrue(ATTRIBUTES.containsAll(tag.attributes().keySet()), tag::toString);
            assertTrue(tag.attributes().getOrDefault("href", "#").matches("https?://\\S+|#[a-z0-9]*"), tag::toString);
        }
        assertEquals(
                1, page.tags.stream().filter(tag -> tag.name().equals("script")).count());
        transcript
                .passages()
                .forEach(passage -> assertTrue(
                        page.text.indexOf(
                                        passage instanceof Paragraph paragraph
                                                ? paragraph.text()
                                                : passage instanceof ChatMessage message
                                                        ? message.text()
                                                        : ((Chapter) passage).title())
                                >= 0,
                        passage::toString));
        assertTrue(page.text.indexOf(transcript.title()) >= 0);
    }
}
