package io.github.zoomtranscriber.transcript;

import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Reads the chat that Zoom keeps with a recording. Zoom describes no format; two are seen:
 * {@code 00:01:02<tab>Name:<tab>text} in the cloud, counted from the recording's start, and {@code 09:01:02 From Name
 * to Everyone: text} from Zoom's own programs, by the clock. A line without a time goes on with the message before it;
 * if it has a sender in the cloud's way, it is a message at the time of the one before.
 */
final class ChatFile {

    private static final Pattern MESSAGE = Pattern.compile("\\s*(\\d{1,2}):(\\d{2}):(\\d{2})\\s+(\\S.*)");
    /** As in the cloud, but without a time that can be read. */
    private static final Pattern UNDATED = Pattern.compile("\\s*(?:[^\\t]*\\t)?([^\\t:][^\\t]*:\\t.*)");

    private static final long MISSING = -1;
    private static final long A_DAY = 24 * 3600_000L;

    private ChatFile() {}

    private record Line(long time, String sender, StringBuilder text) {}

    static List<ChatMessage> read(String file, Meeting meeting) {
        List<Line> lines = new ArrayList<>();
        for (String line : file.split("\\R")) {
            Matcher message = MESSAGE.matcher(line);
            Matcher undated = UNDATED.matcher(line);
            if (message.matches()) {
                lines.add(line(time(message), message.group(4)));
            } else if (undated.matches()) {
                lines.add(line(MISSING, undated.group(1)));
            } else if (!lines.isEmpty() && !line.isBlank()) {
                lines.get(lines.size() - 1).text().append('\n').append(line);
            }
        }
        long begin =
                isByTheClock(lines, meeting) ? meeting.begin().toLocalTime().toNanoOfDay() / 1_000_000 : 0;
        List<ChatMessage> messages = new ArrayList<>();
        long before = dated(lines).mapToLong(Line::time).findFirst().orElse(MISSING);
        for (Line line : before == MISSING ? List.<Line>of() : lines) {
            before = line.time() == MISSING ? before : line.time();
            String text = Text.lines(line.text().toString());
            if (!text.isEmpty()) {
                messages.add(new ChatMessage(Math.floorMod(before - begin, A_DAY), line.sender(), text));
            }
        }
        messages.sort(Comparator.comparingLong(ChatMessage::start));
        return messages;
    }

    private static Stream<Line> dated(List<Line> lines) {
        return lines.stream().filter(line -> line.time() != MISSING);
    }

    private static long time(Matcher message) {
        return 1000
                * ((Long.parseLong(message.group(1)) * 60 + Long.parseLong(message.group(2))) * 60
                        + Long.parseLong(message.group(3)));
    }

    private static Line line(long time, String rest) {
        int tab = rest.indexOf(":\t");
        int colon = tab >= 0 ? tab : rest.indexOf(':');
        return new Line(
                time, colon < 0 ? "" : sender(rest.substring(0, colon)), new StringBuilder(rest.substring(colon + 1)));
    }

    private static String sender(String head) {
        String name = Text.line(head);
        if (name.startsWith("From ")) {
            int to = Math.max(name.lastIndexOf(" to "), name.lastIndexOf(" To "));
            name = name.substring("From ".length(), to > "From ".length() ? to : name.length());
        }
        return SpeakerNames.shown(name.strip());
    }

    /**
     * Times that lie beyond the recording are no times in it: then all are the clock's, if they lie within it by that.
     */
    private static boolean isByTheClock(List<Line> lines, Meeting meeting) {
        long length = meeting.length().toMillis();
        if (lines.isEmpty() || length == 0 || meeting.start() == null) {
            return false;
        }
        LocalTime begin = meeting.begin().toLocalTime();
        long slack = 60_000;
        return dated(lines).anyMatch(line -> line.time() > length + slack)
                && dated(lines)
                        .allMatch(line ->
                                Math.floorMod(line.time() - begin.toNanoOfDay() / 1_000_000, A_DAY) <= length + slack);
    }
}
