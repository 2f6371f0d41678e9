/** Serves PostgreSQL clients over sockets: accepts, authenticates, and drives one session per connection. */
package org.gajah.server;
