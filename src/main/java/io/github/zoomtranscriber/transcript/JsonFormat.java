package io.github.zoomtranscriber.transcript;

import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The kept document, one field a line, but small objects on one line: a word with its times is then one line of a diff. Jackson's
 * own pretty printer cannot look ahead, and makes seven lines of each word.
 */
final class JsonFormat {

    private static final ObjectWriter JSON = new ObjectMapper().writer();
    private static final ObjectWriter ASCII = JSON.with(JsonWriteFeature.ESCAPE_NON_ASCII);

    /** Half of a character is valid in JSON only as an escape: written as it is, UTF-8 would lose it. */
    private static final Pattern HALF = Pattern.compile("[\\uD800-\\uDFFF]");
    private static final int ONE_LINE = 160;

    private JsonFormat() {
    }

    static void write(Transcript transcript, Appendable out) throws IOException {
        write(transcript.document(), "", out);
        out.append('\n');
    }

    private static void write(JsonNode node, String indent, Appendable out) throws IOException {
        String text = isNested(node) ? null : text(node);
        if (text == null || node.isContainerNode() && !node.isEmpty() && text.length() > ONE_LINE) {
            out.append(node.isArray() ? "[\n" : "{\n");
            if (node.isArray()) {
                writeElements(node, indent + "  ", out);
            } else {
                writeFields(node, indent + "  ", out);
            }
            out.append('\n').append(indent).append(node.isArray() ? ']' : '}');
        } else {
            out.append(text);
        }
    }

    private static void writeElements(JsonNode array, String indent, Appendable out) throws IOException {
        String comma = "";
        for (JsonNode element : array) {
            out.append(comma).append(indent);
            write(element, indent, out);
            comma = ",\n";
        }
    }

    private static void writeFields(JsonNode object, String indent, Appendable out) throws IOException {
        String comma = "";
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            out.append(comma).append(indent).append(text(TextNode.valueOf(field.getKey()))).append(": ");
            write(field.getValue(), indent, out);
            comma = ",\n";
        }
    }

    private static boolean isNested(JsonNode node) {
        for (JsonNode child : node) {
            if (child.isContainerNode() && !child.isEmpty()) {
                return true;
            }
        }
        return false;
    }

    private static String text(JsonNode node) throws IOException {
        String text = JSON.writeValueAsString(node);
        // this is done for each word, and a pattern would take longer than the writing
        boolean mayHaveHalves = text.chars().anyMatch(c -> Character.isSurrogate((char) c));
        return mayHaveHalves && HALF.matcher(text).find() ? ASCII.writeValueAsString(node) : text;
    }
}
