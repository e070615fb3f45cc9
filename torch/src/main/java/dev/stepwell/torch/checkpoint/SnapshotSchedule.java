package dev.stepwell.torch.checkpoint;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;

/// When the snapshot of a day is due. The day of a snapshot is the one whose time it stands for: one that was
/// missed and is made up before the next is due, still belongs to the day it was missed on.
///
/// @param at   time of day; one that a change of the clocks skips is due when the clocks have been put forward
/// @param zone whose days they are
public record SnapshotSchedule(LocalTime at, ZoneId zone) {
    /// The newest day whose snapshot is due at `now`.
    LocalDate dueDay(Instant now) {
        ZonedDateTime there = now.atZone(zone);
        LocalDate today = there.toLocalDate();
        return now.isBefore(dueAt(today)) ? today.minusDays(1) : today;
    }

    /// When the snapshot of `day` is due.
    Instant dueAt(LocalDate day) {
        return day.atTime(at).atZone(zone).toInstant();
    }
}
