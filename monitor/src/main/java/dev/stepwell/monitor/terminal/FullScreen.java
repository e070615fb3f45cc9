package dev.stepwell.monitor.terminal;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jline.terminal.Attributes;
import org.jline.terminal.Terminal;

/// The other screen of a terminal, on which a program may draw; what was there before is back when this is closed,
/// or when the process ends in whatever way but by a kill that no program sees.
final class FullScreen implements AutoCloseable {
    private static final String CSI = "\u001B[";
    private static final String WRAP = CSI + "?7";
    private static final String BRACKETED_PASTE = CSI + "?2004";
    private static final String OTHER_SCREEN = CSI + "?1049";
    private static final String CLEAR = CSI + "2J";
    /// Lines do not wrap: where a terminal takes a character to be wider than we do, nothing but its line suffers.
    private static final String ENTER = OTHER_SCREEN + "h" + LiveArea.HIDE_CURSOR + WRAP + "l" + BRACKETED_PASTE + "h";
    private static final String LEAVE =
            CSI + "0m" + BRACKETED_PASTE + "l" + WRAP + "h" + LiveArea.SHOW_CURSOR + OTHER_SCREEN + "l";
    /// Longer than any write takes, unless the terminal takes nothing any more.
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final Terminal terminal;
    private final Attributes before;
    private final Thread hook = new Thread(this::leave, "restore-terminal");
    private final ReentrantLock writing = new ReentrantLock();
    private List<String> drawn = List.of();
    private int columns;
    private boolean there;

    private FullScreen(Terminal terminal) {
        this.terminal = terminal;
        before = terminal.getAttributes();
    }

    /// Takes the terminal: nothing is echoed, and no key makes a signal any more.
    static FullScreen open(Terminal terminal) {
        FullScreen screen = new FullScreen(terminal);
        Runtime.getRuntime().addShutdownHook(screen.hook);
        screen.enter();
        return screen;
    }

    /// Takes the terminal again after [#leave], or after something else had it.
    void enter() {
        writing.lock();
        try {
            terminal.enterRawMode();
            Attributes raw = terminal.getAttributes();
            // Ctrl-Z would leave the shell with this screen.
            raw.setLocalFlag(Attributes.LocalFlag.ISIG, false);
            terminal.setAttributes(raw);
            there = true;
            forget();
            write(ENTER);
        } finally {
            writing.unlock();
        }
    }

    /// What is shown is not what was drawn: all of it is drawn next time.
    void forget() {
        drawn = List.of();
    }

    /// Shows `lines` from the top, if they are not shown already.
    ///
    /// @param width columns of the terminal now
    void draw(List<String> lines, int width) {
        boolean anew = width != columns || lines.size() != drawn.size();
        StringBuilder codes = new StringBuilder(anew ? CLEAR : "");
        for (int i = 0; i < lines.size(); i++) {
            if (anew || !lines.get(i).equals(drawn.get(i))) {
                codes.append(CSI)
                        .append(i + 1)
                        .append(";1H")
                        .append(lines.get(i))
                        .append(CSI)
                        .append('K');
            }
        }
        columns = width;
        drawn = List.copyOf(lines);
        write(codes.toString());
    }

    private void write(String codes) {
        writing.lock();
        try {
            if (there && !codes.isEmpty()) {
                terminal.writer().write(codes);
                terminal.writer().flush();
            }
        } finally {
            writing.unlock();
        }
    }

    /// Gives the terminal back as it was.
    void leave() {
        try {
            boolean alone = writing.tryLock(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            if (!alone) {
                terminal.setAttributes(before); // It takes no more writing, which would wait for ever.
                return;
            }
            try {
                if (there) {
                    there = false;
                    giveBack();
                }
            } finally {
                writing.unlock();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void giveBack() {
        try {
            terminal.writer().write(LEAVE);
            terminal.writer().flush();
            terminal.setAttributes(before);
        } catch (IllegalStateException _) {
            // JLine has closed it in a hook of its own, with the attributes as they were but on this screen.
            PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, US_ASCII);
            out.print(LEAVE);
            out.flush();
        }
    }

    @Override
    public void close() {
        leave();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException _) {
            // The process ends already, and the hook has nothing left to do.
        }
    }
}
