package io.github.zoomtranscriber.command;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.deser.std.FromStringDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import com.fasterxml.jackson.databind.type.LogicalType;
import io.github.zoomtranscriber.ledger.Archive.Snapshot;
import io.github.zoomtranscriber.ledger.Archived;
import java.time.DateTimeException;
import java.time.Instant;

/**
 * The ledger as JSON Lines: first a line that says what follows, then one for each recording, with the names of
 * {@code status --json}.
 */
final class LedgerLines {

    /**
     * The version of the format. It is increased by any change that an older program cannot read. 2: reasons have
     * codes. 3: steps after delivery.
     */
    static final int VERSION = 3;

    static final String FORMAT = "zoom_transcriber_ledger";

    static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .serializationInclusion(JsonInclude.Include.NON_EMPTY)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
            // an unknown reason, of a newer program, counts as any other; LedgerReader refuses an unknown state
            .enable(DeserializationFeature.READ_UNKNOWN_ENUM_VALUES_AS_NULL)
            .withCoercionConfig(
                    LogicalType.Textual, texts -> texts.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .addModule(new SimpleModule()
                    .addSerializer(Instant.class, ToStringSerializer.instance)
                    .addDeserializer(Instant.class, new InstantReader()))
            .build();

    private LedgerLines() {}

    /** @param whileRunning whether a daemon worked on the ledger at the same time */
    static String header(Snapshot snapshot, boolean whileRunning) {
        return JSON.createObjectNode()
                .put(FORMAT, VERSION)
                .put("exported_at", snapshot.at().toString())
                .put("recordings", snapshot.recordings())
                .put("while_running", whileRunning)
                .toString();
    }

    static String line(Archived recording) {
        try {
            ObjectNode line = JSON.valueToTree(recording);
            if (recording.zoom() != null) {
                line.set("zoom", JSON.readTree(recording.zoom()));
            }
            return line.toString();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(
                    "what Zoom said of recording " + recording.recordingId() + " is not JSON", e);
        }
    }

    private static final class InstantReader extends FromStringDeserializer<Instant> {

        private static final long serialVersionUID = 1;

        InstantReader() {
            super(Instant.class);
        }

        @Override
        protected Instant _deserialize(String text, DeserializationContext context) throws java.io.IOException {
            try {
                return Instant.parse(text);
            } catch (DateTimeException e) {
                return (Instant) context.handleWeirdStringValue(Instant.class, text, "not an instant");
            }
        }
    }
}
