package io.github.zoomtranscriber.assemblyai;

import io.github.zoomtranscriber.http.Call;
import io.github.zoomtranscriber.http.Call.Kind;
import io.github.zoomtranscriber.http.Vendor;
import io.github.zoomtranscriber.work.Work;
import org.apache.camel.Message;
import org.apache.camel.Variable;

/** The calls that are made to AssemblyAI: each method's answer belongs into the variable {@code call}. Thread-safe. */
public final class AssemblyAiCalls {

    private static final String TRANSCRIPTS = "/v2/transcript";

    /** Makes the message the request that the variable {@code call} says; its body stays, where the call has one. */
    public void request(@Variable(Call.VARIABLE) Call call, Message message) {
        call.into(message);
    }

    /**
     * Submits what the body asks for, as JSON: from here on a lost answer means that it may have been taken, and
     * charged.
     */
    public Call submission() {
        return new Call(Vendor.ASSEMBLYAI, "POST", TRANSCRIPTS, null, "application/json", Kind.SUBMISSION);
    }

    /** Uploads the body. */
    public Call upload() {
        return new Call(Vendor.ASSEMBLYAI, "POST", "/v2/upload", null, "application/octet-stream", Kind.UPLOAD);
    }

    /** Asks how far the submitted recording is, and for its transcript. */
    public Call transcript(@Variable(Work.VARIABLE) Work work) {
        return Call.get(Vendor.ASSEMBLYAI, TRANSCRIPTS + "/" + work.entry().transcriptId(), null);
    }

    /** Asks for the page of the list that a look-up has come to. */
    public Call list(@Variable("lookUp") LookUp lookUp) {
        return Call.get(Vendor.ASSEMBLYAI, TRANSCRIPTS, lookUp.getQuery());
    }

    /** Asks for the newest transcript of the list alone: whether AssemblyAI takes the key. */
    public Call newest() {
        return Call.get(Vendor.ASSEMBLYAI, TRANSCRIPTS, "limit=1");
    }

    /** Deletes AssemblyAI's copy of a transcript. */
    public Call deletion(@Variable(Work.VARIABLE) Work work) {
        return Call.delete(
                Vendor.ASSEMBLYAI, TRANSCRIPTS + "/" + work.transcript().id(), null);
    }
}
