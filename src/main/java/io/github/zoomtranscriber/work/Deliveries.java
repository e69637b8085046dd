package io.github.zoomtranscriber.work;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.github.zoomtranscriber.http.Causes;
import io.github.zoomtranscriber.ledger.Entry;
import io.github.zoomtranscriber.ledger.State;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Variable;
import org.apache.camel.http.base.HttpOperationFailedException;

/**
 * What comes of a delivery that fails. Where it is the place's trouble (its disk is full, its server away, its password
 * wrong), deliveries pause, and no recording fails for it. Where it is the recording's own, that fails alone. Where
 * nobody can know, the next delivery tells: if another recording's succeeds, it was this one's own. Thread-safe.
 */
public final class Deliveries {

    /** The ledger's note on a pause. */
    public static final String NOTE = "deliveries-pause";

    /** How disks say so, in the words of Linux, macOS and Windows; of some of these Java makes a plain IOException. */
    private static final Pattern DISK = Pattern.compile(
            "no space left|not enough space|quota|read-only file system|input/output error|stale file handle"
                    + "|transport endpoint|device not configured|no such device",
            Pattern.CASE_INSENSITIVE);
    /** What a server says of one file, and not of all of them. */
    private static final Set<Integer> ABOUT_ONE_FILE = Set.of(400, 409, 411, 413, 414, 415, 422);

    private final Pause pause;
    private final List<Path> folders;
    private final boolean elsewhere;
    private final BiConsumer<Work, Exception> own;
    /** Failed since the last delivery that succeeded, nobody knows why. */
    private final Set<String> suspects = new LinkedHashSet<>();
    /** Failed while another's delivery succeeded. */
    private final Set<String> convicted = new LinkedHashSet<>();

    /**
     * @param folders that have to be written to
     * @param elsewhere whether files go to an endpoint of the user's
     * @param own what comes of a recording whose own failure it is
     */
    public Deliveries(Pause pause, List<Path> folders, boolean elsewhere, BiConsumer<Work, Exception> own) {
        this.pause = pause;
        this.folders = List.copyOf(folders);
        this.elsewhere = elsewhere;
        this.own = own;
    }

    /** Whether this delivery has to wait. What was delivered before, and is only rendered again, never has. */
    public boolean isPaused(@Variable(Work.VARIABLE) Work work) {
        return work.state() != State.DELIVERED && pause.holdsBack();
    }

    /** Why deliveries are paused; null while they are not. */
    public String pauseReason() {
        return pause.reason();
    }

    /** Back into the ledger until the next try may be made. */
    public void postpone(@Variable(Work.VARIABLE) Work work) {
        pause.postpone(work.entry(), String.valueOf(pause.reason()));
    }

    /** A recording is delivered: whatever kept others from it is over, or was their own. */
    public void succeeded(@Variable(Work.VARIABLE) Work work) {
        synchronized (this) {
            suspects.remove(work.id());
            convicted.addAll(suspects);
            convicted.remove(work.id());
            suspects.clear();
        }
        pause.end();
    }

    /** A transcript could not be kept, or one of its files not be written. */
    public void failed(
            @Variable(Work.VARIABLE) Work work, @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Exception failure) {
        String place = trouble(failure);
        if (place != null) {
            pause.begin(place);
            pause.postpone(work.entry(), place);
        } else if (work.state() == State.DELIVERED || !elsewhere || isAboutThisFile(failure) || isConvicted(work)) {
            own.accept(work, failure);
        } else {
            String why = Endpoints.failure(failure);
            if (isSuspectAgain(work.entry())) {
                pause.begin(why);
            }
            pause.postpone(work.entry(), why);
        }
    }

    private synchronized boolean isConvicted(Work work) {
        return convicted.remove(work.id());
    }

    private synchronized boolean isSuspectAgain(Entry entry) {
        return !suspects.add(entry.id()) || suspects.size() > 1;
    }

    /** What is wrong with the place; null if nothing is known to be. */
    private String trouble(Exception failure) {
        HttpOperationFailedException answer = Causes.find(failure, HttpOperationFailedException.class);
        if (answer != null) {
            return ABOUT_ONE_FILE.contains(answer.getStatusCode()) ? null : Endpoints.failure(failure);
        }
        IOException trouble = Causes.find(failure, IOException.class);
        boolean remote = elsewhere && trouble != null && !isAboutThisFile(failure);
        if (remote
                || trouble != null
                        && DISK.matcher(String.valueOf(Causes.root(trouble).getMessage()))
                                .find()) {
            return Endpoints.failure(failure);
        }
        return trouble == null ? null : unwritable();
    }

    private static boolean isAboutThisFile(Exception failure) {
        return Causes.find(failure, HttpOperationFailedException.class) != null
                || Causes.find(failure, FileSystemException.class) != null
                || Causes.find(failure, JsonProcessingException.class) != null; // the kept transcript is damaged
    }

    /** Which folder cannot be written to, and why; null if all can. */
    private String unwritable() {
        for (Path folder : folders) {
            if (elsewhere && !Files.exists(folder)) {
                continue;
            }
            try {
                WholeFile.probe(folder);
            } catch (IOException e) {
                return folder + " cannot be written to: " + Endpoints.failure(e);
            }
        }
        return null;
    }
}
