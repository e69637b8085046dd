package io.github.zoomtranscriber.simulator;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** {@code POST /v2/upload}: takes any bytes and checks nothing; only their beginning is kept. */
final class Uploads {

    private static final long LARGEST = 2_200_000_000L;

    private final World world;
    private final Map<String, Sound> sounds = new ConcurrentHashMap<>();
    private final AtomicLong serial = new AtomicLong();

    Uploads(World world) {
        this.world = world;
    }

    Response take(Request request) throws IOException {
        if (world.board().takeStalledUpload()) {
            request.body().readNBytes(Mp4.HEAD);
            Response.standStill(true);
            return Response.drop();
        }
        Sound sound = Sound.read(request.body());
        if (sound.size() == 0) {
            return Response.text(
                    422,
                    "Upload failed, please try again. If you continue to have issues please reach out to "
                            + "support@assemblyai.com");
        }
        if (sound.size() > LARGEST) {
            throw AssemblyAiError.badRequest("Upload failed, the file is too large.");
        }
        world.counters().uploaded(sound.size());
        String name = "upload " + serial.incrementAndGet();
        String path = "/upload/" + Seeds.uuid(world.settings().seed(), name).replace("-", "") + "/"
                + Seeds.uuid(world.settings().seed() + 1, name);
        sounds.put(path, sound);
        return Response.json(200, Json.object().put("upload_url", world.host() + path));
    }

    Optional<Sound> sound(String path) {
        return Optional.ofNullable(sounds.get(path));
    }

    boolean isUpload(String path) {
        return path.startsWith("/upload/");
    }

    void forget(String path) {
        sounds.remove(path);
    }
}
