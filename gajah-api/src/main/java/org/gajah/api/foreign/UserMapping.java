package org.gajah.api.foreign;

import java.util.Map;

/**
 * Who a local role is on a server.
 *
 * @param user      the local role
 * @param superuser whether that is a superuser, who may do without a password
 */
public record UserMapping(String user, boolean superuser, Map<String, String> options) {
}
