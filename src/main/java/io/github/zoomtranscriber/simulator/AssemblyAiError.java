package io.github.zoomtranscriber.simulator;

/** AssemblyAI's refusals: {@code {"error": ...}}, with the texts that were seen in 2026. */
final class AssemblyAiError extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final int status;

    AssemblyAiError(int status, String message) {
        super(message, null, false, false);
        this.status = status;
    }

    static AssemblyAiError badRequest(String message) {
        return new AssemblyAiError(400, message);
    }

    static AssemblyAiError schema() {
        return badRequest("Invalid endpoint schema, please refer to documentation for examples.");
    }

    /** Not a 404. */
    static AssemblyAiError unknownTranscript() {
        return badRequest("Transcript lookup error, transcript id not found");
    }

    static AssemblyAiError negativeBalance() {
        return badRequest("Your current account balance is negative. Please top up to continue using the API.");
    }

    Response response() {
        return Response.json(status, Json.object().put("error", getMessage()));
    }
}
