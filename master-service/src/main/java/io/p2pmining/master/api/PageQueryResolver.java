package io.p2pmining.master.api;

import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/** Reads a {@link PageQuery} from the query and refuses what is out of bounds. */
final class PageQueryResolver implements HandlerMethodArgumentResolver {

  @Override
  public boolean supportsParameter(MethodParameter parameter) {
    return parameter.getParameterType() == PageQuery.class;
  }

  @Override
  public PageQuery resolveArgument(
      MethodParameter parameter,
      @Nullable ModelAndViewContainer container,
      NativeWebRequest request,
      @Nullable WebDataBinderFactory binderFactory) {
    return new PageQuery(
        number(request, "page", 0, 0, PageQuery.MAX_PAGE),
        number(request, "size", PageQuery.DEFAULT_SIZE, 1, PageQuery.MAX_SIZE));
  }

  private static int number(
      NativeWebRequest request, String name, int absent, int least, int most) {
    String value = request.getParameter(name);
    if (value == null) {
      return absent;
    }
    try {
      int number = Integer.parseInt(value);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Not a number and out of bounds get the same answer below.
    }
    throw new BadParameterException(
        name, value, "must be a whole number from " + least + " to " + most);
  }
}
