/** Wiring: databases, sessions and the one statement runner that the protocol, SPI and COPY share. */
package org.gajah.engine;
