package io.p2pmining.master.api;

import io.p2pmining.master.store.Slice;
import io.p2pmining.master.store.Window;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.function.Function;
import org.springdoc.core.annotations.ParameterObject;

/**
 * Which page a client asks for with {@code page} and {@code size}.
 *
 * @param page from 0 to {@link #MAX_PAGE}
 * @param size from 1 to {@link #MAX_SIZE}
 */
@ParameterObject
record PageQuery(
    @Parameter(
            description = "The number of the page, from 0",
            schema = @Schema(type = "integer", minimum = "0", defaultValue = "0"))
        int page,
    @Parameter(
            description = "How many items it holds",
            schema = @Schema(type = "integer", minimum = "1", maximum = "500", defaultValue = "50"))
        int size) {

  static final int DEFAULT_SIZE = 50;

  /** Keeps one answer in the hundreds of kilobytes. */
  static final int MAX_SIZE = 500;

  /** Keeps the first item's index within an int. */
  static final int MAX_PAGE = Integer.MAX_VALUE / MAX_SIZE;

  /** The index of the page's first item in the whole list. */
  int offset() {
    return page * size;
  }

  /** Where the page lies in a stored list. */
  Window window() {
    return new Window(offset(), size);
  }

  /** The page that a stored list gave. */
  <S, T> Page<T> of(Slice<S> slice, Function<? super S, ? extends T> view) {
    return new Page<>(slice.items().stream().<T>map(view).toList(), page, size, slice.total());
  }

  /** The page of a list that is held in memory as a whole. */
  <S, T> Page<T> of(List<S> all, Function<? super S, ? extends T> view) {
    List<T> items = all.stream().skip(offset()).limit(size).<T>map(view).toList();
    return new Page<>(items, page, size, all.size());
  }
}
