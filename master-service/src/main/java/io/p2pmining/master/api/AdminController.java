package io.p2pmining.master.api;

import io.p2pmining.common.settings.InvalidSettingsException;
import io.p2pmining.common.settings.Reload;
import io.p2pmining.common.settings.SettingsReload;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code /admin}: what operators do to the master itself. */
@RestController
@RequestMapping("/admin")
final class AdminController {

  private final SettingsReload settings;

  AdminController(SettingsReload settings) {
    this.settings = settings;
  }

  /** Reads the settings files again. */
  @Operation(
      operationId = "reloadSettings",
      summary = "Reads the settings files again, and puts in force what may change without restart")
  @ApiResponse(responseCode = "200", description = "What changed, and what needs a restart")
  @ApiResponse(responseCode = "422", description = "The settings make no sense; nothing changed")
  @PostMapping("/reload")
  Reload reload() {
    try {
      return settings.reload();
    } catch (InvalidSettingsException e) {
      throw new UnprocessableException(
          "Settings stay as they are: " + e.problem() + "; correct it and try again");
    }
  }
}
