package io.github.zoomtranscriber.transcript;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a page by the rules of HTML's tokenizer, as far as the page may go: anything else is an error. */
final class PageParser {

    private static final Pattern TAG =
            Pattern.compile("<(/?)([a-z][a-z0-9]*)((?: [a-zA-Z-]+(?:=\"[^\"<>]*\")?)*)(/?)>");
    private static final Pattern ATTRIBUTE = Pattern.compile(" ([a-zA-Z-]+)(?:=\"([^\"]*)\")?");
    private static final Pattern ENTITY = Pattern.compile("&(amp|lt|gt|quot|#39);");
    private static final List<String> EMPTY = List.of("meta", "input", "path", "br");

    /** @param attributes values as a browser sees them */
    record Tag(String name, Map<String, String> attributes) {}

    final List<Tag> tags = new ArrayList<>();
    /** What a reader sees, of the style and the script nothing. */
    final StringBuilder text = new StringBuilder();

    final Map<String, String> raw = new LinkedHashMap<>();

    PageParser(String page) {
        String doctype = "<!DOCTYPE html>\n";
        check(page.startsWith(doctype), "it begins with its doctype", page);
        List<String> open = new ArrayList<>();
        int at = doctype.length();
        while (at < page.length()) {
            int next = page.indexOf('<', at);
            text.append(decoded(page.substring(at, next < 0 ? page.length() : next)));
            if (next < 0) {
                break;
            }
            Matcher tag = TAG.matcher(page).region(next, page.length());
            check(tag.lookingAt(), "each < begins a tag", page.substring(next, Math.min(page.length(), next + 120)));
            at = tag.end();
            String name = tag.group(2);
            if (!tag.group(1).isEmpty()) {
                check(
                        !open.isEmpty() && open.remove(open.size() - 1).equals(name),
                        "tags are closed in their order",
                        name + " in " + open);
            } else {
                tags.add(new Tag(name, attributes(tag.group(3))));
                if (name.equals("script") || name.equals("style")) {
                    int end = page.indexOf("</" + name, at);
                    raw.put(name, page.substring(at, end));
                    at = end;
                }
                if (!EMPTY.contains(name)) {
                    open.add(name);
                }
            }
        }
        check(open.isEmpty(), "all tags are closed", open.toString());
    }

    private static Map<String, String> attributes(String source) {
        Map<String, String> attributes = new LinkedHashMap<>();
        Matcher attribute = ATTRIBUTE.matcher(source);
        while (attribute.find()) {
            check(
                    attributes.put(attribute.group(1), attribute.group(2) == null ? "" : decoded(attribute.group(2)))
                            == null,
                    "an attribute stands once",
                    source);
        }
        return attributes;
    }

    private static String decoded(String text) {
        check(!ENTITY.matcher(text).replaceAll("").contains("&"), "an ampersand is an entity", text);
        return ENTITY.matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(
                        switch (found.group(1)) {
                            case "amp" -> "&";
                            case "lt" -> "<";
                            case "gt" -> ">";
                            case "quot" -> "\"";
                            default -> "'";
                        }));
    }

    private static void check(boolean holds, String what, String where) {
        if (!holds) {
            throw new AssertionError("not so: " + what + ", in:\n" + where);
        }
    }
}
