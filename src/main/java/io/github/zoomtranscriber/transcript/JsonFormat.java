package io.github.zoomtranscriber.transcript;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The kept document, one field a line, but small objects on one line: a word with its times is then one line of a diff.
 * Jackson's own pretty printer cannot look ahead, and makes seven lines of each word.
 */
final class JsonFormat {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final ObjectWriter ASCII = MAPPER.writer().with(JsonWriteFeature.ESCAPE_NON_ASCII);

    /** Half of a character is valid in JSON only as an escape: written as it is, UTF-8 would lose it. */
    private static final Pattern HALF = Pattern.compile("[\\uD800-\\uDFFF]");

    private static final int ONE_LINE = 160;

    private JsonFormat() {}

    static void write(Transcript transcript, Appendable out) throws IOException {
        try (JsonParser parser = transcript
                .redaction()
                .through(MAPPER.createParser(transcript.source().open()))) {
            parser.nextToken();
            writeValue(parser, "", out);
            out.append('\n');
        }
    }

    /** The parser stands at the value, and then at its end. */
    private static void writeValue(JsonParser parser, String indent, Appendable out) throws IOException {
        if (parser.currentToken().isStructStart()) {
            boolean array = parser.currentToken() == JsonToken.START_ARRAY;
            parser.nextToken();
            writeContainer(parser, array, indent, out);
        } else {
            out.append(text(parser));
        }
    }

    /**
     * The parser stands behind the opening bracket, and then at the closing one. What may fit on one line is held back
     * until it does not.
     */
    private static void writeContainer(JsonParser parser, boolean array, String indent, Appendable out)
            throws IOException {
        Children children = new Children(array, indent, out);
        for (JsonToken token = parser.currentToken(); !token.isStructEnd(); token = parser.nextToken()) {
            String name = array ? null : text(parser);
            token = array ? token : parser.nextToken();
            if (!token.isStructStart()) {
                children.add(name, text(parser));
            } else if (parser.nextToken().isStructEnd()) {
                children.add(name, token == JsonToken.START_ARRAY ? "[]" : "{}");
            } else {
                children.begin(name);
                writeContainer(parser, token == JsonToken.START_ARRAY, indent + "  ", out);
            }
        }
        children.end();
    }

    /** What is directly in an array or an object. */
    private static final class Children {

        private final boolean array;
        private final String indent;
        private final Appendable out;
        private List<String> heldBack = new ArrayList<>();
        private int length = 2;
        private boolean first = true;

        Children(boolean array, String indent, Appendable out) {
            this.array = array;
            this.indent = indent;
            this.out = out;
        }

        /** @param name null in an array */
        void add(String name, String text) throws IOException {
            if (heldBack == null) {
                writeChild(name, text);
                return;
            }
            length += (heldBack.isEmpty() ? 0 : 1) + (name == null ? 0 : name.length() + 1) + text.length();
            heldBack.add(name);
            heldBack.add(text);
            if (length > ONE_LINE) {
                letGo();
            }
        }

        /** A child that has children of its own follows. */
        void begin(String name) throws IOException {
            letGo();
            writeChild(name, "");
        }

        void end() throws IOException {
            if (heldBack == null) {
                out.append('\n').append(indent).append(array ? ']' : '}');
            } else {
                out.append(array ? '[' : '{');
                for (int i = 0; i < heldBack.size(); i += 2) {
                    out.append(i == 0 ? "" : ",");
                    if (!array) {
                        out.append(heldBack.get(i)).append(':');
                    }
                    out.append(heldBack.get(i + 1));
                }
                out.append(array ? ']' : '}');
            }
        }

        private void letGo() throws IOException {
            if (heldBack != null) {
                out.append(array ? "[\n" : "{\n");
                List<String> children = heldBack;
                heldBack = null;
                for (int i = 0; i < children.size(); i += 2) {
                    writeChild(children.get(i), children.get(i + 1));
                }
            }
        }

        private void writeChild(String name, String text) throws IOException {
            out.append(first ? "" : ",\n").append(indent).append("  ");
            if (name != null) {
                out.append(name).append(": ");
            }
            out.append(text);
            first = false;
        }
    }

    /** The name or the single value at which the parser stands. */
    private static String text(JsonParser parser) throws IOException {
        boolean quoted =
                parser.currentToken() == JsonToken.FIELD_NAME || parser.currentToken() == JsonToken.VALUE_STRING;
        if (!quoted) {
            return parser.getText();
        }
        String text = parser.getText();
        if (isPlain(text)) {
            return '"' + text + '"';
        }
        return HALF.matcher(text).find()
                ? ASCII.writeValueAsString(text)
                : '"' + String.valueOf(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
    }

    /** Most words and all names are, and there are many: whether it can be written as it is. */
    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            if (character < ' ' || character > '~' || character == '"' || character == '\\') {
                return false;
            }
        }
        return true;
    }
}
