package io.github.zoomtranscriber.reload;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Finds the functions in a text of Camel's Simple language. Camel's own parser does not expose them. */
final class SimpleFunctions {

    private static final String[] STARTS = {"${", "$simple{"};

    private SimpleFunctions() {}

    /** The text between the braces of each function, inner functions before outer ones. */
    static List<String> in(String text) {
        List<String> functions = new ArrayList<>();
        Deque<Integer> open = new ArrayDeque<>();
        for (int i = 0; i < text.length(); i++) {
            int start = start(text, i);
            if (start > 0) {
                i += start - 1;
                open.push(i + 1);
            } else if (text.charAt(i) == '}' && !open.isEmpty()) {
                functions.add(text.substring(open.pop(), i));
            }
        }
        return functions;
    }

    /** The length of the opening of a function at a position; 0 if no function starts there. */
    private static int start(String text, int position) {
        boolean escaped = position > 0 && text.charAt(position - 1) == '\\';
        for (String start : STARTS) {
            if (!escaped && text.startsWith(start, position)) {
                return start.length();
            }
        }
        return 0;
    }
}
