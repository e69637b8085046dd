package io.github.zoomtranscriber.ledger;

import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;

/**
 * What a PostgreSQL database can store. It refuses a statement with a text that its encoding has no place for, and
 * topics come in every script.
 */
final class Encoding {

    /** Every text, but for a zero, which no database of PostgreSQL's can store. */
    static final Encoding ALL = new Encoding(null);

    private final Charset charset;

    private Encoding(Charset charset) {
        this.charset = charset;
    }

    /** @param name as {@code SHOW server_encoding} says it */
    static Encoding of(String name) {
        // one that is called SQL_ASCII takes any bytes, as they are
        return name.equals("UTF8") || name.equals("SQL_ASCII") ? ALL : new Encoding(charset(name));
    }

    private static Charset charset(String name) {
        try {
            return Charset.forName(name.replaceFirst("^WIN", "windows-").replaceFirst("^KOI8", "KOI8-"));
        } catch (UnsupportedCharsetException e) {
            return StandardCharsets.US_ASCII;
        }
    }

    boolean holdsAll() {
        return charset == null;
    }

    /** @return the text as it can be stored: in JSON nothing is lost, in other texts a ? stands for what is */
    String fit(String text) {
        String whole = text.replace('\0', '\ufffd');
        if (charset == null) {
            return whole;
        }
        CharsetEncoder encoder = charset.newEncoder();
        if (encoder.canEncode(whole)) {
            return whole;
        }
        boolean json = whole.startsWith("{\"");
        StringBuilder fit = new StringBuilder();
        whole.codePoints().forEach(point -> {
            String one = Character.toString(point);
            if (encoder.canEncode(one)) {
                fit.append(one);
            } else if (json) {
                one.chars().forEach(unit -> fit.append(String.format("\\u%04x", unit)));
            } else {
                fit.append('?');
            }
        });
        return fit.toString();
    }
}
