/**
 * Foreign data as the catalogs have it: wrappers by name, and wrappers, servers, user mappings and tables as the API's records.
 *
 * <p>A wrapper of the catalogs is carried out by the {@link org.gajah.api.foreign.ForeignWrapper} whose name is in its handler's
 * {@code prosrc}; its options are checked by the one in its validator's.
 */
package org.gajah.foreign;
