package io.tidecast.engine.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkSpecTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "linear",
        "mlp(hidden=64, activation=relu, skip=linear)",
        "mlp(hidden=32x16, activation=tanh, skip=none)",
        "gru(hidden=8, channels=2)",
        "patch(length=8, width=32, layers=2, heads=4)",
        "module(path=model.pt)"
      })
  void the_canonical_text_reads_back_as_itself(String text) {
    assertThat(NetworkSpec.parse(text)).hasToString(text);
  }

  @Test
  void defaults_order_and_blanks_do_not_change_the_hash() {
    String canonical = NetworkSpec.parse("mlp(hidden=64)").hash();
    assertThat(NetworkSpec.parse(" mlp ( skip = linear ,hidden=64 ) ").hash())
        .isEqualTo(canonical)
        .matches("[0-9a-f]{12}");
    assertThat(NetworkSpec.parse("mlp(hidden=65)").hash()).isNotEqualTo(canonical);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "mpl(hidden=64) | unknown kind 'mpl'",
        "mlp(width=64) | unknown option 'width'",
        "mlp(hidden=0) | hidden must be a positive whole number, got '0'",
        "mlp(hidden=64x) | hidden must be a positive whole number, got ''",
        "mlp(skip=cubic) | skip must be linear or none, got 'cubic'",
        "mlp(activation=sine) | activation: expected one of",
        "mlp(hidden=1, hidden=2) | option 'hidden' is given twice",
        "mlp(hidden) | expected option=value, got 'hidden'",
        "patch(width=30, heads=4) | width 30 is no multiple of heads 4"
      })
  void a_mistake_is_named(String text, String message) {
    assertThatThrownBy(() -> NetworkSpec.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message.strip());
  }
}
