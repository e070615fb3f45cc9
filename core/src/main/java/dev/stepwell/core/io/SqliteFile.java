package dev.stepwell.core.io;

import java.nio.file.Path;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteConfig.TransactionMode;
import org.sqlite.SQLiteDataSource;

/// How databases are opened: with a log that lets readers of other processes read while one writes.
public final class SqliteFile {
    private static final int BUSY_TIMEOUT_MILLIS = 5_000;

    private SqliteFile() {}

    /// What a change that was committed survives.
    public enum Durability {
        /// A loss of power.
        POWER_LOSS,
        /// The end of the process, however it ends. After a loss of power the newest changes may be missing.
        PROCESS
    }

    /// Opens `database`, which is made if it is not there.
    ///
    /// @throws org.jdbi.v3.core.ConnectionException if it cannot be opened
    public static Handle open(Path database, Durability durability) {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(JournalMode.WAL);
        config.setSynchronous(
                switch (durability) {
                    case POWER_LOSS -> SynchronousMode.FULL;
                    case PROCESS -> SynchronousMode.NORMAL;
                });
        config.enforceForeignKeys(true);
        config.setBusyTimeout(BUSY_TIMEOUT_MILLIS);
        // A transaction that began by reading could not become a writing one while another process writes.
        config.setTransactionMode(TransactionMode.IMMEDIATE);
        return open(database, config);
    }

    /// Opens `database`, which must exist, so that nothing can be changed through it.
    ///
    /// @throws org.jdbi.v3.core.ConnectionException if it cannot be opened
    public static Handle openToRead(Path database) {
        SQLiteConfig config = new SQLiteConfig();
        config.setReadOnly(true);
        config.setBusyTimeout(BUSY_TIMEOUT_MILLIS);
        return open(database, config);
    }

    private static Handle open(Path database, SQLiteConfig config) {
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + database);
        return Jdbi.create(source).open();
    }
}
