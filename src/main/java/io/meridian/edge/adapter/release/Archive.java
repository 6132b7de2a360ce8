package io.meridian.edge.adapter.release;

import io.meridian.edge.core.release.Act;
import io.meridian.edge.core.release.ContentDigest;
import io.meridian.edge.core.release.Manifest;
import io.meridian.edge.core.release.Refusal.Code;
import io.meridian.edge.core.release.Signature;
import io.meridian.edge.core.release.TrustPolicy;
import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A bundle as it travels: {@code manifest.json}, the configuration's files below {@code files/}, and signatures below {@code
 * signatures/}. Equal archives are equal bytes. Immutable; the arrays in {@link #files} are not to be changed.
 */
public final class Archive {
    /** The largest archive, in bytes. */
    public static final int MAX_BYTES = 32 << 20;

    /** The most entries, the manifest and signatures among them. */
    public static final int MAX_ENTRIES = 2_000;

    /** The most signatures. */
    public static final int MAX_SIGNATURES = 32;

    private static final String MANIFEST = "manifest.json";
    private static final String FILES = "files/";
    private static final String SIGNATURES = "signatures/";

    private final Manifest manifest;
    private final byte[] manifestBytes;
    private final SortedMap<String, byte[]> files;
    private final List<Jws> signatures;

    private Archive(Manifest manifest, SortedMap<String, byte[]> files, List<Jws> signatures) {
        this.manifest = manifest;
        this.manifestBytes = ManifestJson.write(manifest);
        this.files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
        this.signatures = List.copyOf(signatures);
    }

    /**
     * An archive nobody has signed yet.
     *
     * @param revision as in the files' {@code bundle.yaml}
     * @param base content digest of the configuration they were made from; null if there was none
     * @param notBefore null for at once
     * @param notAfter null for ever
     * @param files by path; refused if an archive cannot hold them
     */
    public static Archive of(
            long revision,
            @Nullable String base,
            @Nullable Instant notBefore,
            @Nullable Instant notAfter,
            SortedMap<String, byte[]> files)
            throws ReleaseRefused {
        Archive archive =
                new Archive(Manifest.of(revision, base, notBefore, notAfter, new TreeMap<>(files)), files, List.of());
        archive.checkPaths();
        archive.checkSize();
        return archive;
    }

    /** Reads an archive and holds every file against the manifest. Says nothing yet about who signed it: {@link #signatures}. */
    public static Archive read(byte[] bytes) throws ReleaseRefused {
        if (bytes.length > MAX_BYTES) {
            throw refused("it has more than " + MAX_BYTES + " bytes");
        }
        Map<String, byte[]> entries = StoredZip.read(bytes, MAX_ENTRIES);
        byte[] manifest = entries.get(MANIFEST);
        if (manifest == null) {
            throw refused("there is no " + MANIFEST + " in it");
        }
        SortedMap<String, byte[]> files = new TreeMap<>();
        List<Jws> signatures = new ArrayList<>();
        for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
            String name = entry.getKey();
            if (name.startsWith(FILES)) {
                files.put(name.substring(FILES.length()), entry.getValue());
            } else if (name.startsWith(SIGNATURES)) {
                signatures.add(Jws.parseDetached(new String(entry.getValue(), StandardCharsets.ISO_8859_1), name));
            } else if (!name.equals(MANIFEST)) {
                throw refused("the entry " + name + " is no part of a bundle");
            }
        }
        Archive archive = new Archive(ManifestJson.read(manifest), files, signatures);
        archive.checkPaths();
        archive.checkFiles();
        archive.checkSignatures();
        if (!List.copyOf(entries.keySet()).equals(List.copyOf(archive.entries().keySet()))) {
            throw refused("its entries are not named or not in the order as meridian bundle writes them");
        }
        return archive;
    }

    /** The archive's bytes. */
    public byte[] write() {
        return StoredZip.write(entries());
    }

    private Map<String, byte[]> entries() {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        entries.put(MANIFEST, manifestBytes);
        files.forEach((path, content) -> entries.put(FILES + path, content));
        for (int i = 0; i < signatures.size(); i++) {
            byte[] jws = signatures.get(i).toString().getBytes(StandardCharsets.US_ASCII);
            entries.put(SIGNATURES + (i + 1) + ".jws", jws);
        }
        return entries;
    }

    public Manifest manifest() {
        return manifest;
    }

    /** The bundle's digest, which is what people sign: {@code sha256:} and the SHA-256 of the manifest. */
    public String digest() {
        return ContentDigest.named(manifestBytes);
    }

    /** The configuration, held against the manifest. */
    public SortedMap<String, byte[]> files() {
        return files;
    }

    /** Who signed what, by a trust policy; in the order in which they signed. */
    public List<Signature> signatures(TrustPolicy trust) {
        return signatures.stream()
                .map(jws -> new Signature(jws.kid(), Objects.requireNonNull(jws.act()), jws.over(digest(), trust)))
                .toList();
    }

    /**
     * The same archive with one signature more. Refused if the key signed so already, or there are too many. Throws {@link
     * IllegalArgumentException} for a key id that is none, or a key of another kind.
     */
    public Archive signed(String kid, Act act, PrivateKey key) throws ReleaseRefused {
        List<Jws> more = new ArrayList<>(signatures);
        more.add(Jws.detached(kid, act, key, digest()));
        Archive archive = new Archive(manifest, files, more);
        archive.checkSignatures();
        archive.checkSize();
        return archive;
    }

    private void checkPaths() throws ReleaseRefused {
        for (String path : files.keySet()) {
            String fault = FilePaths.fault(path);
            if (fault != null) {
                throw refused(fault);
            }
        }
    }

    private void checkFiles() throws ReleaseRefused {
        Map<String, Manifest.Entry> listed = new HashMap<>();
        for (Manifest.Entry entry : manifest.files()) {
            listed.put(entry.path(), entry);
            if (!files.containsKey(entry.path())) {
                throw refused("the manifest lists a file that is not there: " + FilePaths.shown(entry.path()));
            }
        }
        Manifest actual =
                Manifest.of(manifest.revision(), manifest.base(), manifest.notBefore(), manifest.notAfter(), files);
        for (Manifest.Entry entry : actual.files()) {
            if (!listed.containsKey(entry.path())) {
                throw refused("the manifest does not list " + entry.path());
            }
            if (!entry.equals(listed.get(entry.path()))) {
                throw mismatch(entry.path() + " is not the file of the manifest: it was changed after bundling");
            }
        }
        if (!actual.equals(manifest)) {
            throw mismatch("the manifest's content digest or order of files is not that of its files");
        }
    }

    private void checkSignatures() throws ReleaseRefused {
        if (signatures.size() > MAX_SIGNATURES) {
            throw refused("it has more than " + MAX_SIGNATURES + " signatures");
        }
        for (int i = 0; i < signatures.size(); i++) {
            for (int j = 0; j < i; j++) {
                Jws one = signatures.get(i);
                if (one.kid().equals(signatures.get(j).kid())
                        && one.act() == signatures.get(j).act()) {
                    throw refused(one.kid() + " signed twice as "
                            + Objects.requireNonNull(one.act()).word());
                }
            }
        }
    }

    private void checkSize() throws ReleaseRefused {
        if (files.size() > MAX_ENTRIES - 1 - MAX_SIGNATURES) {
            throw refused(
                    "a bundle has at most " + (MAX_ENTRIES - 1 - MAX_SIGNATURES) + " files, this has " + files.size());
        }
        long bytes = manifestBytes.length;
        for (byte[] content : files.values()) {
            bytes += content.length;
        }
        if (bytes > MAX_BYTES || write().length > MAX_BYTES) {
            throw refused("a bundle has at most " + MAX_BYTES + " bytes");
        }
    }

    private static ReleaseRefused mismatch(String detail) {
        return new ReleaseRefused(Code.DIGEST_MISMATCH, detail);
    }

    private static ReleaseRefused refused(String detail) {
        return new ReleaseRefused(Code.BAD_ARCHIVE, detail);
    }
}
