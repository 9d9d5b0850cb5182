package io.p2pmining.master.source.benchmark;

import java.util.List;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Matches when the settings name no Monero node. */
final class OnNoNode implements Condition {

  @Override
  public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
    return Binder.get(context.getEnvironment())
        .bind("p2pmine.master.monero.urls", Bindable.listOf(String.class))
        .orElse(List.of())
        .isEmpty();
  }
}
