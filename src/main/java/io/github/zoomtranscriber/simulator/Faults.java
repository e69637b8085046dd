package io.github.zoomtranscriber.simulator;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What goes wrong, and how often. Each field is a key of {@code GET/PUT /simulator/faults}; the values here are the
 * defaults, with which nothing goes wrong.
 *
 * <p>A name that ends in {@code Rate} is a probability from 0 to 1, drawn for each request from the settings' seed: the
 * n-th request of one kind meets the same luck in each run, in whatever order the requests of several clients come.
 * Durations are written as seconds or as ISO 8601 text. Lists of recordings hold file ids, or {@code *} for all.
 */
@JsonAutoDetect(
        fieldVisibility = Visibility.PUBLIC_ONLY,
        getterVisibility = Visibility.NONE,
        isGetterVisibility = Visibility.NONE)
public final class Faults {

    // ---- both services

    /** 429 Too Many Requests. */
    public double rate429;
    /**
     * How Zoom says 429: {@code complete} headers, {@code retry-after} alone as an instant, in {@code seconds} or as an
     * HTTP {@code date}, {@code bare}, or {@code any} of those that were seen (all but the date).
     */
    public String flavour429 = "any";
    /** What {@code Retry-After} asks for. */
    public Duration retryAfter = Duration.ofSeconds(1);
    /** 500 to 504, before anything was done. */
    public double rate500;
    /** The connection ends without an answer, before anything was done. */
    public double dropConnectionRate;
    /** An answer that takes {@link #slowAnswer}. */
    public double slowAnswerRate;

    public Duration slowAnswer = Duration.ofSeconds(5);
    /** How long every answer takes at least. */
    public Duration answerDelay = Duration.ZERO;
    /** A connection that is kept alive is dropped after so long without a request. */
    public Duration dropIdleConnections = Duration.ofMinutes(2);
    /** Zoom answers 503 to everything. */
    public boolean zoomOutage;
    /** AssemblyAI answers 503 to everything. */
    public boolean assemblyaiOutage;
    /**
     * A gateway before AssemblyAI answers everything with this status and a page of its own, different each time; 0:
     * there is none.
     */
    public int assemblyaiGateway;

    // ---- Zoom: tokens

    /** 401 code 124 for a token that is good. */
    public double expiredTokenRate;
    /** A new OAuth token ends the one before, as seen until 2023. */
    public boolean newTokenKillsOldOne;

    public Duration tokenLife = Duration.ofHours(1);
    /** The token endpoint refuses client id and secret. */
    public boolean invalidClient;
    /** 401 code 124 for a JWT on the meetings API, as everywhere since September 2023. */
    public boolean jwtAppsDead;
    /** What an OAuth token may do, separated by blanks; granular and classic names. */
    public String scopes = String.join(" ", ZoomScopes.ALL);

    // ---- Zoom: listings

    /**
     * The listing of the whole account is refused: {@code scopes} (400 code 4711), {@code plan} (400 code 200),
     * {@code inside} (200 with code 200), {@code forbidden} (403), {@code unauthorized} (401); empty: it is allowed.
     */
    public String refuseAccountListing = "";
    /**
     * Users, by id or email, whose recordings are refused: 400 code 1010, or 404 code 1001 where the value says
     * {@code 404}.
     */
    public Map<String, String> refusedUsers = Map.of();

    public Duration pageTokenLife = Duration.ofMinutes(15);
    /** A page token that is good is refused as one that is not. */
    public double expiredPageTokenRate;
    /**
     * How a page token is refused: {@code 300} (400 code 300, as documented), {@code 404}, {@code code} (400 with a
     * code that no document has), or {@code inside} (200 with code 300).
     */
    public String expiredPageToken = "300";
    /** A page that was there already is sent once more. */
    public double repeatedPageRate;
    /** A page begins with the last meeting of the page before. */
    public double movedMeetingRate;
    /** So many listings say a {@code total_records} that is too high. */
    public int totalRecordsTooHigh;
    /** So many pages are answered with 200 and no list in it. */
    public int hollowListings;
    /** Listings are empty, with 200. */
    public boolean emptyListings;
    /** Meetings, by uuid, that the API does not know: 404 code 3301, and in no listing. */
    public List<String> unknownMeetings = List.of();
    /** One meeting is answered with 200 and a body of code 200. */
    public boolean refuseMeetingInside;

    // ---- Zoom: downloads

    /** 200 with an HTML page in place of the file or of the redirect. */
    public double wrongContentRate;
    /** The file ends early, though its length was announced. */
    public double truncatedDownloadRate;
    /** 200 without a byte. */
    public double emptyDownloadRate;
    /** 401 for a download whose token is good. */
    public double refusedDownloadRate;
    /** The second host does not say how long the file is. */
    public boolean noContentLength;
    /** The download address answers with the file itself. */
    public boolean noRedirect;
    /** A redirect has a body, as web servers by themselves give it. */
    public boolean redirectWithPage;
    /** {@code ?access_token=} is refused on downloads, as Zoom said in February 2023. */
    public boolean refuseQueryToken;
    /** The second host refuses a request that brings the bearer along. */
    public boolean refuseForwardedBearer = true;
    /** How long a signed address opens its file. */
    public Duration signedLinkLife = Duration.ofHours(1);
    /** How long a {@code download_url} works; after that it is a 404. */
    public Duration downloadUrlLife = Duration.ofDays(3_650);
    /** Recordings whose {@code file_size} is wrong in every listing. */
    public List<String> wrongFileSize = List.of();
    /** Recordings that are as large as that, in bytes. */
    public Map<String, Long> bigFiles = Map.of();
    /** So many downloads stand still in the middle, without an end. */
    public int stalledDownloads;
    /** How fast files come; 0: as fast as they can. */
    public long downloadBytesPerSecond;
    /**
     * What comes of the files that Zoom makes beside the sound, by file id or {@code recording_type}: {@code silence}
     * (no answer), {@code cut} (ends early), {@code stall} (stands still in the middle), {@code html} (200 with a
     * page), a status such as {@code 500}; any other text is the file.
     */
    public Map<String, String> ownFiles = Map.of();

    // ---- AssemblyAI

    /** The key is refused. */
    public boolean wrongKey;
    /** Submissions and uploads are refused for want of money, and one job runs at a time. */
    public boolean negativeBalance;
    /** Each submission is refused with this text and 400; empty: none is. */
    public String sameRefusalForAll = "";
    /** So many uploads are taken to their middle, and then no more of them is read. */
    public int stalledUploads;
    /** A submission without {@code speech_models} is refused, as in spring 2026. */
    public boolean requireSpeechModels;
    /** Models that are refused, also when only the account's default names them. */
    public List<String> retiredModels = List.of();
    /** In which words: {@code list} (says what is accepted) or {@code deprecated}. */
    public String retiredModelText = "list";
    /** The models of a request that names none. */
    public List<String> defaultModels = List.of("universal-3-5-pro", "universal-2");
    /**
     * Options that the language lacks which is detected: what asks for one of them ends in an error. (Where the
     * language is given, the submission is refused; where it is detected, AssemblyAI's documents do not say what
     * happens.)
     */
    public List<String> notInDetectedLanguage = List.of();
    /** A submission is taken, and charged, but its answer is lost. */
    public double lostPostAnswerRate;
    /**
     * How it is lost: {@code drop}, {@code reset}, {@code delay}, {@code 500}, {@code hollow}, or {@code any} of them.
     */
    public String lostPostAnswer = "any";
    /** How late the answer comes with {@code delay}. */
    public Duration lostPostDelay = Duration.ofSeconds(60);
    /** 200 with {@link #hollowAnswer}, whatever was asked, and nothing was done. */
    public double hollowAnswerRate;
    /** An answer without what should be in it; with {@code hollow} it is sent for a submission that was taken. */
    public String hollowAnswer = "{}";
    /** A new job is in the list only after that. */
    public Duration listLag = Duration.ZERO;
    /** A deletion is in the list only after that. */
    public Duration deletionLag = Duration.ZERO;
    /** Times in the list end in {@code Z}. */
    public boolean listTimesWithZone;
    /** A submission is done at once, and its answer says {@code completed}. */
    public double completedAtOnceRate;
    /** A job ends in {@code error} with the server's own excuse. */
    public double serverErrorRate;
    /** AssemblyAI cannot download the audio, though it is there. */
    public double failedFetchRate;
    /** How long after the submission the audio is fetched. */
    public Duration fetchDelay = Duration.ZERO;
    /** Recordings whose job stays {@code processing} for ever. */
    public List<String> neverFinishes = List.of();
    /**
     * Recordings whose transcript lacks some of its times: of words, utterances and chapters, as null or not at all.
     */
    public List<String> missingTimes = List.of();
    /** Recordings whose finished transcript has been wiped. */
    public List<String> scrubbed = List.of();
    /**
     * Recordings whose job ends in {@code error} with the given text; {@code URL} in it becomes the {@code audio_url}.
     */
    public Map<String, String> errors = Map.of();
    /** How long a transcription takes; null: as the settings say. */
    public Duration transcriptionTime;
    /** How many jobs run at once; 0: as the settings say. */
    public int concurrency;
    /** Requests that AssemblyAI takes in five minutes. */
    public int requestLimit = 20_000;

    // ---- webhooks

    /** Zoom's {@code recording.completed} does not come. */
    public double lostEventRate;
    /** It comes twice, with another {@code download_url} and token. */
    public double repeatedEventRate;
    /** It comes seconds late, behind those of later meetings. */
    public double lateEventRate;
    /** Its signature is wrong. */
    public double wrongSignatureRate;
    /** How long the {@code download_token} of an event lives. */
    public Duration eventTokenLife = Duration.ofHours(24);
    /** By how much Zoom's pauses of 5, 20 and 60 minutes between its tries are shortened. */
    public double eventRetrySpeed = 1;
    /** AssemblyAI's calls: {@code normal}, {@code never}, {@code twice}, or {@code early} (before GET says so). */
    public String transcriptCalls = "normal";
    /** The pause between AssemblyAI's ten tries. */
    public Duration transcriptCallPause = Duration.ofSeconds(10);
}
