/** Where the engine tells the interface which routine a thread runs. Not for users. */
package org.gajah.api.spi.host;
