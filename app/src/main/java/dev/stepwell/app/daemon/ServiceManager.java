package dev.stepwell.app.daemon;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/// Tells systemd, or whoever else started this process and wants to know, how far it is: one datagram to the socket
/// that `NOTIFY_SOCKET` names (sd_notify(3)). Linux only; elsewhere, and where nobody asked, nothing is told.
///
/// By way of libc, because Java has no datagrams over Unix sockets, and a program started to send them would not be
/// this process.
final class ServiceManager {
    static final String READY = "READY=1";

    private static final short AF_UNIX = 1;
    private static final int SOCK_DGRAM_CLOEXEC = 2 | 0x80000;
    /// Who does not listen is waited for by nobody: not by the thread that publishes the status, above all.
    private static final int MSG_DONTWAIT_NOSIGNAL = 0x40 | 0x4000;

    private static final VarHandle ERRNO =
            Linker.Option.captureStateLayout().varHandle(MemoryLayout.PathElement.groupElement("errno"));
    private static final int EAGAIN = 11;
    /// What `sockaddr_un` has room for behind the family.
    private static final int LONGEST_PATH = 108;

    private ServiceManager() {}

    /// What came of telling it something.
    enum Heard {
        /// It has it, or will have.
        YES,
        /// It has not taken what it was told before; it may be told again.
        NOT_NOW,
        /// There is nobody who asked.
        NOBODY
    }

    /// Tells `state` to whom `environment` names. Never waits.
    ///
    /// @param environment of this process
    /// @throws IOException if it cannot be told, and never will be
    static Heard tell(Map<String, String> environment, String state) throws IOException {
        String socket = environment.get("NOTIFY_SOCKET");
        if (socket == null
                || socket.isEmpty()
                || !System.getProperty("os.name", "").equals("Linux")) {
            return Heard.NOBODY;
        }
        byte[] path = socket.getBytes(StandardCharsets.UTF_8);
        if (path.length >= LONGEST_PATH || (path[0] != '/' && path[0] != '@')) {
            throw new IOException("NOTIFY_SOCKET is no address of a socket: " + socket);
        }
        if (path[0] == '@') {
            path[0] = 0; // A name that is not in the file system.
        }
        try (Arena arena = Arena.ofConfined()) {
            return send(arena, path, state.getBytes(StandardCharsets.UTF_8), socket);
        }
    }

    private static Heard send(Arena arena, byte[] path, byte[] state, String socket) throws IOException {
        MemorySegment address = arena.allocate(2 + LONGEST_PATH);
        address.set(JAVA_SHORT, 0, AF_UNIX);
        MemorySegment.copy(path, 0, address, JAVA_BYTE, 2, path.length);
        MemorySegment text = arena.allocateFrom(JAVA_BYTE, state);
        MemorySegment errors = arena.allocate(Linker.Option.captureStateLayout());
        long sent;
        try {
            int handle = (int) libc("socket", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT))
                    .invokeExact((int) AF_UNIX, SOCK_DGRAM_CLOEXEC, 0);
            if (handle < 0) {
                throw new IOException("no socket could be made");
            }
            sent = (long) libc(
                            "sendto",
                            FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT, ADDRESS, JAVA_INT),
                            Linker.Option.captureCallState("errno"))
                    .invokeExact(
                            errors, handle, text, (long) state.length, MSG_DONTWAIT_NOSIGNAL, address, 2 + path.length);
            int _ = (int)
                    libc("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT)).invokeExact(handle);
        } catch (IOException | RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("libc throws nothing", e);
        }
        if (sent == state.length) {
            return Heard.YES;
        }
        if ((int) ERRNO.get(errors, 0L) == EAGAIN) {
            return Heard.NOT_NOW;
        }
        throw new IOException(
                "nobody listens at %s: unset NOTIFY_SOCKET, if no service manager started this".formatted(socket));
    }

    @SuppressWarnings("restricted") // Three functions of libc, with the types that its manual says.
    private static MethodHandle libc(String name, FunctionDescriptor descriptor, Linker.Option... options) {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), descriptor, options);
    }
}
