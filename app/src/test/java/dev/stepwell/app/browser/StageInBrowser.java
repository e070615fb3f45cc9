package dev.stepwell.app.browser;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// The dashboard on a [Stage].
abstract class StageInBrowser extends InBrowser {
    @SuppressWarnings("NullAway.Init")
    Stage stage;

    @BeforeEach
    void set(@TempDir Path folder) throws IOException {
        stage = new Stage(folder);
    }

    @AfterEach
    void end() {
        stage.close();
    }

    final Page opened() {
        return opened(stage.link());
    }
}
