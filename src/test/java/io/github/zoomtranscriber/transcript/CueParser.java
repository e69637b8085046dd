package io.github.zoomtranscriber.transcript;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads captions as a strict player does, and knows nothing of how they were written. */
final class CueParser {

    private static final Pattern VTT_TIMES = Pattern.compile(
            "(\\d{2,}):([0-5]\\d):([0-5]\\d)\\.(\\d{3}) --> (\\d{2,}):([0-5]\\d):([0-5]\\d)\\.(\\d{3})");
    private static final Pattern SRT_TIMES =
            Pattern.compile("(\\d{2,}):([0-5]\\d):([0-5]\\d),(\\d{3}) --> (\\d{2,}):([0-5]\\d):([0-5]\\d),(\\d{3})");
    private static final Pattern VOICE = Pattern.compile("<v ([^>\n]+)>");
    private static final Pattern ENTITY = Pattern.compile("&(amp|lt|gt);");

    /** @param voice "" where there is none */
    record Cue(long start, long end, String voice, List<String> lines) {}

    private CueParser() {}

    static List<Cue> vtt(String file) {
        String[] blocks = file.split("\n\n+");
        check(blocks[0].equals("WEBVTT"), "it begins with WEBVTT", file);
        List<Cue> cues = new ArrayList<>();
        for (int i = 1; i < blocks.length; i++) {
            String block = blocks[i].strip();
            if (block.startsWith("NOTE")) {
                check(!block.contains("-->"), "a note holds no arrow", block);
            } else {
                cues.add(vttCue(block));
            }
        }
        return cues;
    }

    private static Cue vttCue(String block) {
        String[] lines = block.split("\n");
        Matcher times = VTT_TIMES.matcher(lines[0]);
        check(times.matches(), "a cue begins with its times", block);
        String text = block.substring(lines[0].length() + 1);
        Matcher voice = VOICE.matcher(text);
        String name = "";
        if (voice.lookingAt()) {
            name = decoded(voice.group(1));
            text = text.substring(voice.end());
        }
        check(!text.contains("<") && !text.contains("-->"), "text is no markup", block);
        return cue(
                times,
                name,
                List.of(text.split("\n")).stream().map(CueParser::decoded).toList());
    }

    private static String decoded(String text) {
        check(!ENTITY.matcher(text).replaceAll("").contains("&"), "an ampersand is an entity", text);
        return ENTITY.matcher(text).replaceAll(found -> switch (found.group(1)) {
            case "amp" -> "&";
            case "lt" -> "<";
            default -> ">";
        });
    }

    static List<Cue> srt(String file) {
        List<Cue> cues = new ArrayList<>();
        if (!file.isEmpty()) {
            for (String block : file.split("\n\n")) {
                String[] lines = block.split("\n");
                check(lines[0].equals(Integer.toString(cues.size() + 1)), "cues are numbered", block);
                Matcher times = SRT_TIMES.matcher(lines[1]);
                check(times.matches(), "times follow the number", block);
                check(
                        !block.substring(lines[0].length() + lines[1].length() + 2)
                                .matches("(?s).*(-->|[<>{}]).*"),
                        "text is no markup",
                        block);
                cues.add(cue(times, "", List.of(lines).subList(2, lines.length)));
            }
        }
        return cues;
    }

    private static Cue cue(Matcher times, String voice, List<String> lines) {
        check(!lines.isEmpty() && lines.stream().noneMatch(String::isBlank), "a cue has text", lines.toString());
        return new Cue(time(times, 0), time(times, 4), voice, lines);
    }

    private static long time(Matcher times, int from) {
        return ((Long.parseLong(times.group(from + 1)) * 60 + Long.parseLong(times.group(from + 2))) * 60
                                + Long.parseLong(times.group(from + 3)))
                        * 1000
                + Long.parseLong(times.group(from + 4));
    }

    private static void check(boolean holds, String what, String where) {
        if (!holds) {
            throw new AssertionError("not so: " + what + ", in:\n" + where);
        }
    }
}
