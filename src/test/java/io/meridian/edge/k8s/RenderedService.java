package io.meridian.edge.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What the manifests of a region give the service: for tests that hold it against what the service reads.
 *
 * @param region the region's id
 * @param environment names of variables and their values
 * @param files paths of the files of ConfigMaps, and their content
 * @param secretFiles paths of the files that operators' Secrets become
 * @param folders paths of folders that may be written, and how many bytes they hold
 * @param markArguments of the job that marks the region's Redis
 */
public record RenderedService(
        String region,
        Map<String, String> environment,
        Map<String, String> files,
        Set<String> secretFiles,
        Map<String, Long> folders,
        List<String> markArguments) {

    /** Of every overlay. */
    public static List<RenderedService> all() {
        List<RenderedService> services = new ArrayList<>();
        for (Region region : Region.all()) {
            services.add(of(region));
        }
        return services;
    }

    /** What the job that marks the region's Redis is called with, as the container gets it. */
    @Override
    public List<String> markArguments() {
        List<String> arguments = new ArrayList<>();
        for (String argument : markArguments) {
            String filled = argument;
            for (Map.Entry<String, String> variable : environment.entrySet()) {
                filled = filled.replace("$(" + variable.getKey() + ")", variable.getValue());
            }
            arguments.add(filled);
        }
        return arguments;
    }

    static RenderedService of(Region region) {
        RenderedService service = new RenderedService(
                region.id(), new TreeMap<>(), new TreeMap<>(), new TreeSet<>(), new TreeMap<>(), new ArrayList<>());
        Wiring.containers(PodTemplates.of(region.one("CronJob", "mark-region")))
                .get(0)
                .path("args")
                .forEach(argument -> service.markArguments.add(argument.asText()));
        region.config()
                .fields()
                .forEachRemaining(each ->
                        service.environment.put(each.getKey(), each.getValue().asText()));
        for (JsonNode variable : region.service().path("env")) {
            service.environment.put(
                    variable.path("name").asText(), variable.path("value").asText());
        }
        JsonNode pod = PodTemplates.of(region.one("Deployment", "meridian")).path("spec");
        for (JsonNode mount : region.service().path("volumeMounts")) {
            for (JsonNode volume : pod.path("volumes")) {
                if (volume.path("name").equals(mount.path("name"))) {
                    service.mounted(region, volume, mount.path("mountPath").asText());
                }
            }
        }
        return service;
    }

    private void mounted(Region region, JsonNode volume, String path) {
        if (volume.has("secret")) {
            Wiring.OPERATORS_SECRETS
                    .get(volume.path("secret").path("secretName").asText())
                    .forEach(key -> secretFiles.add(path + "/" + key));
        } else if (volume.has("configMap")) {
            region.one("ConfigMap", volume.path("configMap").path("name").asText())
                    .path("data")
                    .fields()
                    .forEachRemaining(file -> files.put(
                            path + "/" + file.getKey(), file.getValue().asText()));
        } else {
            String limit = volume.path("emptyDir").path("sizeLimit").asText();
            folders.put(path, Bytes.of(limit));
        }
    }

    @Override
    public String toString() {
        return region;
    }
}
