package dev.stepwell.monitor.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordsTest {
    @ParameterizedTest
    @CsvSource({"0,0s", "59.4,59s", "59.6,1m 00s", "200,3m 20s", "7500,2h 05m", "273600,3d 4h", "1e300,11574074d 1h"})
    void durationsHaveTwoUnits(double seconds, String words) {
        assertThat(Words.duration(seconds)).isEqualTo(words);
    }

    @ParameterizedTest
    @CsvSource({"0,0", "0.0002,0.0002", "0.00019999999,0.0002", "1e-7,1E-7", "11.81,11.8", "51234,51200"})
    void smallNumbersHaveThreeDigits(double value, String words) {
        assertThat(Words.small(value)).isEqualTo(words);
    }

    @ParameterizedTest
    @CsvSource({"0.234,0.2340", "2.30259,2.3026", "0.000012345,0.0000123"})
    void aLossHasFourDecimalsUnlessTheyWouldBeNoughts(double value, String words) {
        assertThat(Words.loss(value)).isEqualTo(words);
    }

    /// As the dashboard says them.
    @ParameterizedTest
    @CsvSource({
        "0,0 B",
        "1023,1023 B",
        "1024,1.00 KB",
        "1964507136,1.83 GB",
        "10737418240,10.0 GB",
        "107374182400,100 GB",
        "1125899906842624,1.00 PB",
        "9223372036854775807,8192 PB"
    })
    void memoryHasThreeDigits(long bytes, String words) {
        assertThat(Words.bytes(bytes)).isEqualTo(words);
    }
}
