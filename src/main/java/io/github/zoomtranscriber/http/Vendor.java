package io.github.zoomtranscriber.http;

/** Who answered. */
public enum Vendor {
    ZOOM("Zoom"),
    ASSEMBLYAI("AssemblyAI");

    private final String title;

    Vendor(String title) {
        this.title = title;
    }

    @Override
    public String toString() {
        return title;
    }
}
