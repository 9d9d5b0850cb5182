package io.p2pmining.worker.monitor;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers one GET request and closes: scrapers come once in many seconds. The page is made on
 * another thread, because an event loop moves frames and nothing else. Owned by its channel.
 */
@SuppressWarnings("FutureReturnValueIgnored") // the connection is closed either way
final class MonitorHandler extends SimpleChannelInboundHandler<FullHttpRequest> {

  private static final Logger LOG = LoggerFactory.getLogger(MonitorHandler.class);

  private final MonitorPages pages;
  private final Executor executor;

  MonitorHandler(MonitorPages pages, Executor executor) {
    this.pages = pages;
    this.executor = executor;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext ctx, FullHttpRequest request) {
    if (!request.decoderResult().isSuccess()) {
      answer(ctx, Page.text(HttpResponseStatus.BAD_REQUEST.code(), "not understood"));
      return;
    }
    if (!request.method().equals(HttpMethod.GET)) {
      answer(ctx, Page.text(HttpResponseStatus.METHOD_NOT_ALLOWED.code(), "only GET is served"));
      return;
    }
    String uri = request.uri();
    int query = uri.indexOf('?');
    String path = query < 0 ? uri : uri.substring(0, query);
    try {
      executor.execute(() -> answer(ctx, pageAt(path)));
    } catch (RejectedExecutionException e) {
      answer(ctx, Page.text(HttpResponseStatus.SERVICE_UNAVAILABLE.code(), "too many requests"));
    }
  }

  private Page pageAt(String path) {
    try {
      return pages.at(path);
    } catch (RuntimeException e) {
      LOG.error("Cannot make the page {}", path, e);
      return Page.text(HttpResponseStatus.INTERNAL_SERVER_ERROR.code(), "internal error");
    }
  }

  private static void answer(ChannelHandlerContext ctx, Page page) {
    FullHttpResponse response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1,
            HttpResponseStatus.valueOf(page.status()),
            Unpooled.wrappedBuffer(page.body()));
    response
        .headers()
        .set(HttpHeaderNames.CONTENT_TYPE, page.contentType())
        .set(HttpHeaderNames.CONTENT_LENGTH, page.body().length)
        .set(HttpHeaderNames.CACHE_CONTROL, "no-store")
        .set(HttpHeaderNames.CONNECTION, "close");
    if (page.status() == HttpResponseStatus.METHOD_NOT_ALLOWED.code()) {
      response.headers().set(HttpHeaderNames.ALLOW, HttpMethod.GET.name());
    }
    ctx.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    LOG.debug("A request to {} broke off", ctx.channel().localAddress(), cause);
    ctx.close();
  }
}
