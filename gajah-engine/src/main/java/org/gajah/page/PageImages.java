package org.gajah.page;

/** How the owner of a space makes the image of a page that a checkpoint may keep. */
@FunctionalInterface
public interface PageImages {
    /** For pages whose bytes are all there is. */
    PageImages AS_THEY_ARE = (page, image, csn) -> false;

    /**
     * Turns {@code image}, a copy of {@code page}'s bytes, into what transactions with a csn up to {@code csn} have made of it. The page is
     * latched exclusively and has an attachment.
     *
     * @return whether the page must be written again by the next checkpoint even if nobody changes it
     */
    boolean settle(Page page, long image, long csn);
}
