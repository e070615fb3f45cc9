package dev.stepwell.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigRefusalTest {
    @Test
    void nobody_is_let_in_from_elsewhere_without_a_token_and_tls() {
        assertRefused("'host': '0.0.0.0'", "web.token_file = null");
        assertRefused("'host': '0.0.0.0', 'token_file': 't'", "web.tls_certificate = null");
        assertRefused("'host': '::1'", "web.token_file = null");
        assertRefused(
                "'host': '::', 'token_file': 't', 'tls_certificate': 'c'",
                "web.tls_certificate and web.tls_key go together");
        assertRefused("'host': '::', 'token_file': 't', 'insecure': true, 'port': 0", "web.port = 0");
        assertRefused("'tls_certificate': 'c', 'tls_key': 'k'", "only this machine can reach it");
        assertThat(ConfigParser.parse(web("'host': '::', 'token_file': 't', 'insecure': true"), "config.json")
                        .get(ConfigKeys.WEB_HOST))
                .isEqualTo("::");
    }

    private static String web(String section) {
        return "{\"web\": {%s}}".formatted(section.replace('\'', '"'));
    }

    private static void assertRefused(String section, String why) {
        assertThat(catchThrowableOfType(ConfigException.class, () -> ConfigParser.parse(web(section), "config.json")))
                .as(section)
                .hasMessageContaining(why);
    }

    @Test
    void an_address_that_may_be_secret_is_refused_without_being_repeated() {
        for (String value : List.of(
                "ftp://hooks.example.org/geheim",
                "https:geheim",
                "https://user:geheim@example.org/",
                "https://example.org/#geheim",
                "https://example.org/ geheim",
                "https://example.org/" + "geheim".repeat(400))) {
            ConfigException refused = catchThrowableOfType(
                    ConfigException.class,
                    () -> ConfigParser.parse(
                            "{\"alerts\": {\"webhook_url\": \"%s\"}}".formatted(value), "config.json"));
            assertThat(refused)
                    .hasMessageContaining("alerts.webhook_url = \"…\"")
                    .hasMessageContaining("URL that begins with http:// or https://")
                    .hasMessageNotContaining("geheim");
        }
        assertProblems("{\"alerts\": {\"webhok_url\": \"https://example.org/geheim\"}}", """
                line 1: alerts.webhok_url = "…": there is no such key; the nearest is alerts.webhook_url \
                (URL that begins with http:// or https://, or null)""");
    }

    @Test
    void a_secret_that_nobody_would_look_at_is_refused() {
        assertProblems("{\"alerts\": {\"webhook_secret_file\": \"s\"}}", """
                line 1: alerts.webhook_secret_file and alerts.webhook_url = null do not go together: name the second, too""");
        assertProblems(
                "{\"alerts\": {\"webhook_secret_file\": \"s\", \"webhook_url\": \"https://a.example\", \"webhook_format\": \"slack\"}}",
                """
                line 1: alerts.webhook_secret_file and alerts.webhook_format do not go together: only those who take \
                "json" look at a signature""");
    }

    @Test
    void an_unknown_key_is_refused_with_its_value_and_the_nearest_known_key() {
        assertProblems("{\"batch_sze\": 16}", """
                line 1: batch_sze = 16: there is no such key; the nearest is batch_size (whole number, 1 to 4096)""");
    }

    @Test
    void a_key_outside_its_section_is_found_in_it() {
        assertProblems("{\"hidden_size\": 64}", """
                line 1: hidden_size = 64: there is no such key; the nearest is model.hidden_size \
                (whole number, 8 to 16384)""");
        assertProblems("{\"model\": {\"epochs\": 2}}", """
                line 1: model.epochs = 2: there is no such key; the nearest is epochs (whole number, 1 to 1000)""");
    }

    @Test
    void no_key_is_suggested_where_none_is_near() {
        assertProblems("{\"colour\": \"blue\"}", "line 1: colour = \"blue\": there is no such key");
    }

    @Test
    void a_value_out_of_range_is_refused_with_the_range() {
        assertProblems(
                "{\"batch_size\": 0}", "line 1: batch_size = 0 is out of range; allowed: whole number, 1 to 4096");
        assertProblems(
                "{\"learning_rate\": 0}",
                "line 1: learning_rate = 0 is out of range; allowed: number, above 0, up to 1");
        assertProblems(
                "{\"weight_decay\": 1.5}", "line 1: weight_decay = 1.5 is out of range; allowed: number, 0 to 1");
    }

    @Test
    void a_value_of_another_type_is_refused_and_shown_as_written() {
        assertProblems("{\"batch_size\": \"16\"}", """
                line 1: batch_size = "16" is not a number; allowed: whole number, 1 to 4096""");
        assertProblems("{\"batch_size\": 1.5}", """
                line 1: batch_size = 1.5 is not a whole number; allowed: whole number, 1 to 4096""");
        assertProblems("{\"model_name\": []}", """
                line 1: model_name = […] is not text; allowed: text of 1 to 100 characters""");
        assertProblems("{\"model\": {\"tie_word_embeddings\": 1}}", """
                line 1: model.tie_word_embeddings = 1 is neither true nor false; allowed: true or false""");
    }

    @Test
    void a_section_that_is_no_object_is_refused_with_its_keys() {
        assertProblems("{\"model\": \"llama\"}", """
                line 1: model = "llama" is not an object; allowed: { } with the keys hidden_size, intermediate_size, \
                num_hidden_layers, num_attention_heads, num_key_value_heads, rope_theta, rms_norm_eps, \
                tie_word_embeddings, max_position_embeddings, initializer_range""");
    }

    @Test
    void a_projection_that_no_model_has_is_refused_with_those_that_are_known() {
        assertProblems("{\"lora\": {\"target_modules\": \"q_proj, w1\"}}", """
                line 1: lora.target_modules = "q_proj, w1" has 'w1'; allowed: "all-linear", or some of q_proj, k_proj, \
                v_proj, o_proj, gate_proj, up_proj, down_proj, with commas between them""");
    }

    @Test
    void a_folder_that_holds_no_model_is_refused_by_its_name(@TempDir Path folder) {
        Config config = ConfigParser.parse("{\"model_path\": \"models/none\"}", "config.json");
        ConfigException e =
                catchThrowableOfType(ConfigException.class, () -> TrainerSettings.pretrained(config, folder));
        assertThat(e)
                .hasMessageContaining("model_path = \"models/none\"")
                .hasMessageContaining(folder.resolve("models/none").toString())
                .hasMessageContaining("it has no config.json");
    }

    @Test
    void an_adapter_without_a_model_to_which_it_is_added_is_refused() {
        Config config = ConfigParser.parse("{\"method\": \"lora\"}", "config.json");
        ConfigException e = catchThrowableOfType(
                ConfigException.class, () -> TrainerSettings.source(config, Optional.empty(), 512));
        assertThat(e).hasMessageContaining("method = \"lora\" and model_path = null do not go together");
    }

    @Test
    void a_key_given_twice_is_refused_with_both_lines() {
        assertProblems(
                "{\"epochs\": 1,\n\"epochs\": 2}",
                "line 2: epochs = 2: the key is already on line 1; keep one of them");
    }

    @Test
    void a_key_is_known_by_the_name_that_others_have_for_it_and_given_by_both_it_is_refused() {
        assertThat(ConfigParser.parse("{\"base_model\": \"/models/m\"}", "config.json")
                        .get(ConfigKeys.MODEL_PATH))
                .contains("/models/m");
        assertProblems(
                "{\"model_path\": \"a\",\n\"base_model\": \"b\"}",
                "line 2: base_model = \"b\": the key is already on line 1; keep one of them");
    }

    @Test
    void keys_that_do_not_go_together_are_refused() {
        assertProblems("{\"max_length\": 2000}", """
                line 1: max_length = 2000 and model.max_position_embeddings = 1024 do not go together: \
                the first must not be above the second, for the model cannot take longer rows""");
        assertProblems("{\"model\": {\"num_key_value_heads\": 3}}", """
                line 1: model.num_attention_heads = 4 and model.num_key_value_heads = 3 do not go together: \
                the first must be a multiple of the second""");
        assertProblems("{\"model\": {\"hidden_size\": 130}}", """
                line 1: model.hidden_size = 130 and model.num_attention_heads = 4 do not go together: \
                the first must be the second times an even number, for the rotary embedding""");
        assertProblems("{\"max_length\": 40, \"model\": {\"max_position_embeddings\": 48}}", """
                line 1: max_output_tokens = 48 and model.max_position_embeddings = 48 do not go together: \
                the first must be below the second, for a prompt needs room before the answer""");
    }

    @Test
    void names_of_fields_that_make_no_row_are_refused() {
        assertProblems("{\"fields\": {\"user\": \"q\"}}", """
                line 1: fields.user = "q" and fields.assistant = null do not go together: name the second, too""");
        assertProblems("{\"fields\": {\n\"system\": \"s\"}}", """
                line 2: fields.system = "s" and fields.user = null do not go together: name the second, too""");
        assertProblems("{\"fields\": {\"completion\": \"c\"}}", """
                line 1: fields.completion = "c" and fields.prompt = null do not go together: name the second, too""");
        assertProblems("{\"fields\": {\"user\": \"q\", \"assistant\": \"a\", \"text\": \"t\"}}", """
                line 1: fields.user = "q" and fields.text = "t" do not go together: name user and assistant (and \
                system), or prompt and completion, or text, or messages""");
        assertProblems("{\"fields\": {\"prompt\": \"p\", \"completion\": \"p\"}}", """
                line 1: fields.prompt = "p" and fields.completion = "p" do not go together: each needs a name of its \
                own""");
        assertProblems("{\"fields\": {\"question\": \"q\"}}", """
                line 1: fields.question = "q": there is no such key""");
        assertProblems("{\"fields\": {\"text\": 5}}", """
                line 1: fields.text = 5 is not text; allowed: text of 1 to 100 characters, or null""");
    }

    @Test
    void everything_that_is_wrong_is_told_at_once_in_the_order_of_the_file() {
        ConfigException refused = refused("""
                {
                  "model_nam": "x",
                  "epochs": 0,
                  "model": {
                    "num_attention_heads": 3
                  },
                  "seed": -1
                }
                """);
        assertThat(refused.problems().stream().map(ConfigProblem::line)).containsExactly(2L, 3L, 5L, 5L, 7L);
        assertThat(String.valueOf(refused.getMessage()).lines())
                .startsWith("config.json has 5 problems:")
                .endsWith("Correct it, or remove the file to have it written anew with the defaults.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "null", "\"x\"", "{", "{\"epochs\": }", "{\"epochs\": 1} x", "{\"epochs\": NaN}"})
    void what_is_no_json_object_is_refused(String text) {
        assertThat(refused(text).problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.message()).startsWith("not "));
    }

    @Test
    void text_that_breaks_off_is_still_checked_as_far_as_it_goes() {
        assertThat(refused("{\"epochs\": 0, \"seed\"").problems()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"16", "16.0", "1.6e1", "160E-1", "16.000"})
    void a_whole_number_may_be_written_in_any_way(String number) {
        Config config = ConfigParser.parse("{\"batch_size\": %s}".formatted(number), "config.json");
        assertThat(config.get(ConfigKeys.BATCH_SIZE)).isEqualTo(16);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e999999999", "-1e999999999", "1e99999999999999", "1e-999999999"})
    void an_absurd_exponent_costs_nothing(String number) {
        assertThat(refused("{\"eval_steps\": %s}".formatted(number)).problems()).hasSize(1);
        assertThat(refused("{\"learning_rate\": %s}".formatted(number)).problems())
                .hasSize(1);
    }

    @Test
    void a_message_holds_nothing_that_repaints_the_screen() {
        assertThat(refused("{\"\\u001b[2J\": \"\\n\\u001b]0;x\"}").getMessage()).doesNotContain("\u001b");
    }

    @Test
    void a_name_that_cannot_be_shown_on_one_line_is_refused() {
        assertProblems("{\"model_name\": \"a\\nb\"}", """
                line 1: model_name = "a\\nb" has characters that cannot be shown; allowed: text of 1 to 100 characters""");
        assertProblems("{\"model_name\": \" \"}", """
                line 1: model_name = " " is blank; allowed: text of 1 to 100 characters""");
    }

    @Test
    void a_file_that_cannot_be_read_is_refused_by_name(@TempDir Path folder) throws IOException {
        Path latin1 = Files.write(folder.resolve("latin1.json"), new byte[] {'{', '"', (byte) 0xe4, '"', '}'});
        Path huge = Files.write(folder.resolve("huge.json"), new byte[(1 << 20) + 1]);
        for (Path file : List.of(latin1, huge, folder)) {
            ConfigException e = catchThrowableOfType(ConfigException.class, () -> ConfigFile.loadOrCreate(file));
            assertThat(e).hasMessageStartingWith(file.toString());
        }
    }

    private static void assertProblems(String text, String... problems) {
        assertThat(refused(text).problems().stream().map(ConfigProblem::toString))
                .containsExactly(problems);
    }

    private static ConfigException refused(String text) {
        return catchThrowableOfType(ConfigException.class, () -> ConfigParser.parse(text, "config.json"));
    }
}
