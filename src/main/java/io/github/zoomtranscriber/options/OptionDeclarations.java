package io.github.zoomtranscriber.options;

import static io.github.zoomtranscriber.options.Option.addresses;
import static io.github.zoomtranscriber.options.Option.atLeastOne;
import static io.github.zoomtranscriber.options.Option.checked;
import static io.github.zoomtranscriber.options.Option.decimal;
import static io.github.zoomtranscriber.options.Option.duration;
import static io.github.zoomtranscriber.options.Option.factor;
import static io.github.zoomtranscriber.options.Option.list;
import static io.github.zoomtranscriber.options.Option.oneOf;
import static io.github.zoomtranscriber.options.Option.secret;
import static io.github.zoomtranscriber.options.Option.text;
import static io.github.zoomtranscriber.options.Option.whole;

import io.github.zoomtranscriber.transcript.SpeakerNames;
import io.github.zoomtranscriber.work.HandOff;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** All options, one line each. {@code application.properties} has their defaults and what they mean. */
final class OptionDeclarations {
    static final List<Option> ALL = List.of(
            text("zoom.account-id"),
            text("zoom.client-id"),
            secret("zoom.client-secret"),
            text("zoom.api-key"),
            secret("zoom.api-secret"),
            oneOf("zoom.auth", "", "oauth", "jwt"),
            // Zoom recommends at most an hour (Video SDK documents of 2026), and hand-off "token" shows it to
            // AssemblyAI
            duration("zoom.jwt-lifetime", "30s", "1h"),
            checked("zoom.api-url", OptionChecks::url),
            checked("zoom.oauth-url", OptionChecks::url),
            atLeastOne("zoom.download-hosts", OptionChecks.HOST, OptionChecks::host),
            oneOf("zoom.product", "meetings", "video-sdk"),
            checked("zoom.schedule", OptionChecks::cron),
            oneOf("zoom.discover", "true", "false"),
            whole("zoom.lookback-days", 1, 180),
            whole("zoom.wait-days", 0, 180),
            checked("zoom.users", OptionChecks::users),
            // Zoom's maximum (its documents of 2026)
            whole("zoom.page-size", 1, 300),
            atLeastOne("zoom.recording-types", OptionChecks.RECORDING_TYPE, OptionChecks::recordingType),
            list("zoom.topics", Option::oneLine),
            list("zoom.topics.exclude", Option::oneLine),
            list("zoom.hosts", Option::oneLine),
            list("zoom.hosts.exclude", Option::oneLine),
            whole("zoom.minimum-minutes", 0, 1440),
            oneOf("zoom.my-notes", "true", "false"),
            whole("zoom.requests-per-second", 1, 1000),
            // Zoom's maximum is 604,800 s (its documents of 2026)
            duration("zoom.download-token-ttl", "1m", "7d"),
            oneOf("zoom.after-delivery", "keep", "trash"),
            secret("zoom.webhook-secret"),
            secret("assemblyai.api-key"),
            checked("assemblyai.api-url", OptionChecks::url),
            checked("assemblyai.options", OptionJson::check),
            oneOf("assemblyai.hand-off", words(HandOff.values(), "auto")),
            whole("assemblyai.requests-per-5-minutes", 6, 1_000_000),
            duration("assemblyai.list-lag", "1ms", "1h"),
            duration("assemblyai.probe-every", "1ms", "1d"),
            decimal("assemblyai.max-hours-per-day"),
            decimal("assemblyai.price-per-hour"),
            oneOf("assemblyai.delete-after-delivery", "true", "false"),
            checked("assemblyai.webhook-url", OptionChecks::webhook),
            duration("transcribe.first-delay", "1ms", "1h"),
            factor("transcribe.delay-growth", false),
            duration("transcribe.longest-delay", "1ms", "1h"),
            whole("transcribe.max-in-flight", 1, 100_000),
            duration("transcribe.lease", "1ms", "1d"),
            duration("transcribe.stuck-after", "1ms", "30d"),
            duration("retry.first-delay", "1ms", "1h"),
            factor("retry.growth", true),
            duration("retry.longest-delay", "1ms", "1h"),
            whole("retry.attempts", 0, 100),
            duration("retry.wait", "1ms", "1d"),
            whole("upload.parallel", 1, 32),
            duration("upload.silence-timeout", "100ms", "1h"),
            checked("output.directory", OptionChecks::directory),
            addresses("output.to"),
            duration("output.probe-every", "1ms", "1d"),
            checked("output.file-name", OptionChecks::fileName),
            atLeastOne("output.formats", OptionChecks.FORMAT, OptionChecks::format),
            checked("output.time-zone", OptionChecks::timeZone),
            oneOf("output.speaker-names", words(SpeakerNames.Mode.values())),
            list("output.zoom-files", OptionChecks::zoomFile),
            addresses("output.then"),
            addresses("output.notify"),
            checked("server.port", OptionChecks::port),
            checked("server.host", OptionChecks::address),
            secret("server.token"),
            whole("server.max-body-size", 1024, 100_000_000),
            whole("server.max-requests", 1, 10_000),
            checked("data.directory", OptionChecks::directory),
            checked("ledger.url", OptionChecks::ledgerUrl),
            text("ledger.username"),
            secret("ledger.password"),
            text("ledger.data-source"),
            checked("queue", OptionChecks::queue),
            // by default the same as queue: a wrong one is reported once
            text("queue.out"),
            checked("queue.in", OptionChecks::endpointOrNone),
            duration("resume.every", "100ms", "1h"),
            duration("once.wait", "0s", "1d"),
            checked("routes.directory", OptionChecks::directory),
            oneOf("routes.reload", "true", "false"),
            oneOf("log.format", "text", "json"),
            oneOf("log.level", OptionChecks.LEVELS),
            list("log.loggers", OptionChecks::loggerLevel),
            checked("estate.prefix", OptionChecks::prefix));

    private OptionDeclarations() {}

    /** The words of an option: these others, then the constants as options spell them. */
    private static String[] words(Enum<?>[] constants, String... others) {
        return Stream.concat(Stream.of(others), Stream.of(constants).map(constant -> constant.name()
                        .toLowerCase(Locale.ROOT)))
                .toArray(String[]::new);
    }
}
