package io.github.zoomtranscriber.simulator;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The addresses under which files are fetched. A {@code download_url} is made anew for each listing, as Zoom's are, and
 * names its file by a text that only the simulator can read; it leads to a signed address on the second host.
 */
final class DownloadAddresses {

    /** @param made when the address was given out */
    record Address(String fileId, Instant made) {}

    private static final DateTimeFormatter FOLDERS =
            DateTimeFormatter.ofPattern("yyyy/MM/dd").withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter NAME =
            DateTimeFormatter.ofPattern("'GMT'yyyyMMdd-HHmmss'_Recording'").withZone(ZoneOffset.UTC);
    private static final String KEY_PAIR = "KSIMULATOR0001";

    private final World world;
    private final Map<String, String> codes = new ConcurrentHashMap<>();
    private final Map<String, String> files = new ConcurrentHashMap<>();
    private final AtomicLong serial = new AtomicLong();

    DownloadAddresses(World world) {
        this.world = world;
    }

    private String code(RecordingFile file) {
        return codes.computeIfAbsent(file.id(), id -> {
            String code = Seeds.letters(48, world.settings().seed(), id);
            files.put(code, id);
            return code;
        });
    }

    String play(RecordingFile file) {
        return world.host() + "/rec/play/" + code(file);
    }

    String download(RecordingFile file) {
        return world.host() + "/rec/download/" + code(file) + "." + stamp();
    }

    String webhookDownload(RecordingFile file) {
        return world.host() + "/rec/webhook_download/" + code(file) + "." + stamp() + "/" + stamp() + "." + stamp();
    }

    private String stamp() {
        return Long.toString(world.now().toEpochMilli(), 36) + "_" + Long.toString(serial.incrementAndGet(), 36);
    }

    /** @param name the part of the path behind {@code /rec/download/} */
    Optional<Address> read(String name) {
        int dot = name.indexOf('.');
        String file = dot < 0 ? null : files.get(name.substring(0, dot));
        if (file == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Address(
                    file,
                    Instant.ofEpochMilli(Long.parseLong(name.substring(dot + 1).split("_")[0], 36))));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** The signed address on the second host: no token is needed, it opens one file, and it ends. */
    String signed(Meeting meeting, RecordingFile file) {
        Instant until = world.now().plus(world.faults().signedLinkLife);
        String path = "/cmr/replay/" + FOLDERS.format(file.start()) + "/" + meeting.number() + "/"
                + file.id().toUpperCase() + "/" + NAME.format(file.start()) + "."
                + file.extension().toLowerCase();
        String policy = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(("{\"Statement\":[{\"Resource\":\"" + path
                                + "\",\"Condition\":{\"DateLessThan\":{\"AWS:EpochTime\":" + until.getEpochSecond()
                                + "}}}]}")
                        .getBytes(StandardCharsets.UTF_8));
        return world.secondHost() + path + "?response-content-type="
                + file.mediaType().replace("/", "%2F") + "&Policy=" + policy + "&Signature=" + signature(path, policy)
                + "&Key-Pair-Id=" + KEY_PAIR;
    }

    private String signature(String path, String policy) {
        return Seeds.letters(43, world.settings().seed(), path + policy) + "_";
    }

    /** @return whether the signature is ours and its time is not over */
    boolean isGood(Request request) {
        String policy = request.query().getOrDefault("Policy", "");
        if (!signature(request.path(), policy).equals(request.query().get("Signature"))
                || !KEY_PAIR.equals(request.query().get("Key-Pair-Id"))) {
            return false;
        }
        String text = new String(Base64.getUrlDecoder().decode(policy.replaceAll("_+$", "")), StandardCharsets.UTF_8);
        String until = text.replaceAll(".*EpochTime\":(\\d+).*", "$1");
        return world.now().getEpochSecond() < Long.parseLong(until);
    }

    /**
     * The recording that an address of ours leads to, whether or not it still works.
     *
     * @param path without host and query
     */
    Optional<String> recordingOf(String path) {
        String[] parts = path.split("/");
        if (path.startsWith("/cmr/replay/") && parts.length == 9) {
            return Optional.of(parts[7].toLowerCase());
        }
        boolean download = path.startsWith("/rec/download/") || path.startsWith("/rec/webhook_download/");
        return download && parts.length > 3 ? read(parts[3]).map(Address::fileId) : Optional.empty();
    }
}
