package io.github.zoomtranscriber.zoom;

import io.github.zoomtranscriber.http.Call;
import io.github.zoomtranscriber.http.Vendor;
import io.github.zoomtranscriber.work.HandOff;
import io.github.zoomtranscriber.work.Work;
import java.time.Duration;
import org.apache.camel.Message;
import org.apache.camel.Variable;

/** The calls that are made to Zoom: each method's answer belongs into the variable {@code call}. Thread-safe. */
public final class ZoomCalls {

    private final boolean videoSdk;
    private final boolean jwt;
    private final Duration tokenLife;

    /**
     * @param videoSdk whether the account has sessions, and not meetings
     * @param jwt whether a token of ours opens every recording; else a meeting's own token opens it
     * @param tokenLife how long the {@code download_access_token} of a meeting is to live
     */
    public ZoomCalls(boolean videoSdk, boolean jwt, Duration tokenLife) {
        this.videoSdk = videoSdk;
        this.jwt = jwt;
        this.tokenLife = tokenLife;
    }

    /** Makes the message the request that the variable {@code call} says. */
    public void request(@Variable(Call.VARIABLE) Call call, Message message) {
        call.into(message);
    }

    /** Asks for the page of the list that is due now. */
    public Call page(@Variable("listing") Listing listing) {
        return get(listing.getPath(), listing.getQuery());
    }

    /** Asks for the meeting of a recording by its uuid: by its number, Zoom gives the newest occurrence only. */
    public Call meeting(@Variable(Work.VARIABLE) Work work) {
        return get(path(work), null);
    }

    /**
     * Asks for the meeting of a recording that is to be handed over, and for the token that opens it where one is
     * needed.
     */
    public Call meetingToHandOver(@Variable(Work.VARIABLE) Work work) {
        boolean withToken = work.handOff() == HandOff.TOKEN && !jwt;
        return get(path(work), withToken ? "include_fields=download_access_token&ttl=" + tokenLife.toSeconds() : null);
    }

    /** Asks for a file, by its whole address. */
    public Call download(@Variable(Work.VARIABLE) Work work) {
        return get(work.downloadUrl(), null);
    }

    /** Moves the one file that was transcribed into Zoom's trash. */
    public Call trash(@Variable(Work.VARIABLE) Work work) {
        return Call.delete(Vendor.ZOOM, path(work) + "/" + Paths.encode(work.id()), "action=trash");
    }

    private String path(Work work) {
        String uuid = work.entry().recording().meetingUuid();
        return videoSdk ? Paths.session(uuid) : Paths.meeting(uuid);
    }

    private static Call get(String path, String query) {
        return Call.get(Vendor.ZOOM, path, query);
    }
}
