package dev.stepwell.core.queue;

import java.nio.file.Path;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteConfig.TransactionMode;
import org.sqlite.SQLiteDataSource;

/// How the database is opened: changes survive a loss of power, and readers of other processes do not block them.
final class QueueConnection {
    private static final int BUSY_TIMEOUT_MILLIS = 5_000;

    private QueueConnection() {}

    /// Opens `database`, which is made if it is not there.
    ///
    /// @throws org.jdbi.v3.core.ConnectionException if it cannot be opened
    static Handle open(Path database) {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(JournalMode.WAL);
        config.setSynchronous(SynchronousMode.FULL);
        config.enforceForeignKeys(true);
        config.setBusyTimeout(BUSY_TIMEOUT_MILLIS);
        // A transaction that began by reading could not become a writing one while another process writes.
        config.setTransactionMode(TransactionMode.IMMEDIATE);
        return open(database, config);
    }

    /// Opens `database`, which must exist, so that nothing can be changed through it.
    ///
    /// @throws org.jdbi.v3.core.ConnectionException if it cannot be opened
    static Handle openToRead(Path database) {
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
