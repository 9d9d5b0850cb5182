package io.p2pmining.master.source.monero;

import java.util.List;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * Matches when the settings name a Monero node. A list that is there and empty names none: it is
 * what a variable of the environment without a value gives.
 */
public final class OnNode implements Condition {

  @Override
  public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
    return !Binder.get(context.getEnvironment())
        .bind("p2pmine.master.monero.urls", Bindable.listOf(String.class))
        .orElse(List.of())
        .isEmpty();
  }
}
