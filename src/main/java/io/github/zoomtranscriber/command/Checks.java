package io.github.zoomtranscriber.command;

import io.github.zoomtranscriber.assemblyai.AssemblyAiCalls;
import io.github.zoomtranscriber.http.Busy;
import io.github.zoomtranscriber.http.Call;
import io.github.zoomtranscriber.http.Causes;
import io.github.zoomtranscriber.http.Clean;
import io.github.zoomtranscriber.http.Refusal;
import io.github.zoomtranscriber.ledger.LedgerException;
import io.github.zoomtranscriber.options.Options;
import io.github.zoomtranscriber.reload.Entrance;
import io.github.zoomtranscriber.work.QueueKind;
import io.github.zoomtranscriber.zoom.Listings;
import io.github.zoomtranscriber.zoom.Listings.Scope;
import io.github.zoomtranscriber.zoom.Scopes;
import io.github.zoomtranscriber.zoom.ZoomTokens;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The single checks: each tries one thing, and changes nothing. */
final class Checks {

    private final Options options;
    private final List<Finding> findings = new ArrayList<>();

    Checks(Options options) {
        this.options = options;
    }

    List<Finding> findings() {
        return findings;
    }

    void folder(String option) {
        Path folder = Path.of(options.get(option)).toAbsolutePath().normalize();
        Path there = folder;
        while (there != null && !Files.exists(there)) {
            there = there.getParent();
        }
        if (there == null || !Files.isDirectory(there)) {
            findings.add(Finding.wrong(
                    option, there + " is in the way of the folder " + folder + ": move it, or set " + option));
        } else if (!Files.isWritable(there)) {
            findings.add(
                    Finding.wrong(option, there + " cannot be written to: allow that to this user, or set " + option));
        } else {
            String room = String.format(
                    java.util.Locale.ROOT, "%.1f GB free", there.toFile().getUsableSpace() / 1e9);
            findings.add(Finding.fine(option, folder + (there.equals(folder) ? ", " : " will be made, ") + room));
        }
    }

    void queue() {
        QueueKind.objection(options.get("queue"))
                .ifPresent(objection -> findings.add(Finding.wrong("queue", objection)));
    }

    void ledger(DryRun lookout) {
        try {
            String missing = lookout.missingRights();
            missing = missing.isEmpty() ? lookout.traces() : missing;
            findings.add(
                    !missing.isEmpty()
                            ? Finding.wrong("ledger", missing)
                            : Finding.fine(
                                    "ledger",
                                    lookout.records() == null
                                            ? "there is none yet; the first run makes it"
                                            : lookout.records().count() + " recordings"));
        } catch (LedgerException e) {
            findings.add(ledger(e));
        }
    }

    static Finding ledger(LedgerException e) {
        String text = Clean.text(e.getMessage()) + "; see ledger.url";
        return e.isAway() ? Finding.refused("ledger", text) : Finding.wrong("ledger", text);
    }

    /** @return whether it makes sense to list anything */
    boolean zoomLogin(DryRun lookout) {
        if (options.get("zoom.auth").equals("jwt")) {
            findings.add(Finding.fine("Zoom login", "JWT, signed here; the first call shows whether Zoom accepts it"));
            return true;
        }
        try {
            lookout.daemon().bean("zoomTokens", ZoomTokens.class).renew();
        } catch (Exception e) {
            String text = explain(e, "zoom.oauth-url");
            findings.add(Finding.refused(
                    "Zoom login",
                    text
                            + (Causes.find(e, Refusal.class) == null
                                    ? ""
                                    : ": compare zoom.client-id, zoom.client-secret and zoom.account-id with the app's page in Zoom's App Marketplace, "
                                            + "and see that it is activated")));
            return false;
        }
        findings.add(Finding.fine("Zoom login", "Server-to-Server OAuth"));
        return scopes(
                lookout.daemon().bean("zoomTokens", ZoomTokens.class).scopes(),
                lookout.daemon().bean("zoomListings", Listings.class).scope());
    }

    private boolean scopes(String granted, Scope listing) {
        if (granted.isBlank()) {
            findings.add(Finding.fine(
                    "Zoom scopes", "Zoom does not say which the app has; the listing shows whether they do"));
            return true;
        }
        List<String> missing = Scopes.missing(
                granted, listing, options.get("zoom.after-delivery").equals("trash"));
        missing.forEach(scope ->
                findings.add(Finding.refused("Zoom scopes", "missing " + scope + ". Add it to the app, under Scopes")));
        if (missing.isEmpty()) {
            findings.add(Finding.fine(
                    "Zoom scopes",
                    listing == Scope.ACCOUNT && !Scopes.allowAccountList(granted)
                            ? "enough, but not for the whole account in one list: it is listed user by user"
                            : "all that is needed"));
        }
        return missing.stream().noneMatch(scope -> scope.startsWith("to list"));
    }

    /** @return what there is to transcribe; null where Zoom does not say */
    DryRun.Found zoomListing(DryRun lookout) {
        try {
            DryRun.Found found = lookout.survey(null);
            List<String> refused = found.tally().getRefused();
            findings.add(
                    refused.isEmpty()
                            ? Finding.fine("Zoom listing", found.tally().toString())
                            : Finding.incomplete("Zoom listing", found.tally() + ". The log above has Zoom's reasons"));
            return found;
        } catch (Exception e) {
            Refusal no = Causes.find(e, Refusal.class);
            boolean formerJwt = no != null
                    && no.getStatus() == 401
                    && options.get("zoom.auth").equals("jwt");
            findings.add(Finding.refused(
                    "Zoom listing",
                    explain(e, "zoom.api-url")
                            + (formerJwt
                                    ? ": Zoom's JWT apps ended in September 2023. "
                                            + "Make a Server-to-Server OAuth app; keys of the Video SDK need zoom.product=video-sdk"
                                    : "")));
            return null;
        }
    }

    void assemblyai(DryRun lookout) {
        Call newest =
                lookout.daemon().bean("assemblyaiCalls", AssemblyAiCalls.class).newest();
        try {
            lookout.call(Entrance.ASSEMBLYAI, Map.of(Call.VARIABLE, newest));
            findings.add(Finding.fine("AssemblyAI", "accepts the key, at " + options.get("assemblyai.api-url")));
        } catch (Exception e) {
            Refusal no = Causes.find(e, Refusal.class);
            findings.add(Finding.refused(
                    "AssemblyAI",
                    explain(e, "assemblyai.api-url")
                            + (no != null && no.getStatus() == 401
                                    ? ": compare assemblyai.api-key with the dashboard; a key of the EU needs assemblyai.api-url=https://api.eu.assemblyai.com"
                                    : "")));
        }
    }

    private String explain(Exception thrown, String urlOption) {
        if (Causes.find(thrown, Refusal.class) != null || Causes.find(thrown, Busy.class) != null) {
            return Clean.text(thrown.getMessage());
        }
        return options.get(urlOption) + " cannot be reached: see " + urlOption
                + ", and whether this machine may call it (" + Clean.text(thrown.toString()) + ")";
    }
}
