//! The studio's wall, drawn once and kept: it depends on the backdrop, the exposure and the picture's size alone.

use super::finish::Finish;
use super::pipeline::Pipelines;
use super::quality::kept_format;
use super::region::Region;
use super::scene::draw_region;
use super::target::create;
use super::{Gpu, Renderer};
use crate::frame::Frame;
use crate::stage::Backdrop;
use glam::Vec3;

/// What the wall depends on.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Key {
    size: (u32, u32),
    center: Vec3,
    rim: Vec3,
    exposure: f32,
    finish: Finish,
    vignette: f32,
}

/// A drawn wall without its floor.
#[derive(Debug)]
pub(super) struct Wall {
    key: Key,
    view: wgpu::TextureView,
    /// Group 1 of the composing pipelines.
    pub(super) group: wgpu::BindGroup,
}

impl Wall {
    /// The wall of `frame`: the `old` one where it still holds; `None` for other backdrops. Records its drawing with
    /// group 0 as it will be when the commands run.
    pub(super) fn refreshed(
        old: Option<Self>,
        gpu: &Gpu,
        pipelines: &Pipelines,
        frame_group: &wgpu::BindGroup,
        encoder: &mut wgpu::CommandEncoder,
        (frame, size): (&Frame, (u32, u32)),
    ) -> Option<Self> {
        let Backdrop::Studio { center, rim, .. } = frame.backdrop else { return old };
        let key = Key {
            size,
            center,
            rim,
            exposure: frame.look.gain(),
            finish: pipelines.composing.finish.ungrained(),
            vignette: frame.look.vignette,
        };
        if old.as_ref().is_some_and(|wall| wall.key == key) {
            return old;
        }
        let (view, group) = old.filter(|wall| wall.key.size == size).map_or_else(
            || {
                let usage = wgpu::TextureUsages::RENDER_ATTACHMENT
                    | wgpu::TextureUsages::TEXTURE_BINDING
                    | wgpu::TextureUsages::COPY_SRC;
                let view = create(gpu, "Wall::view", kept_format(pipelines.color_format), 1, usage, size)
                    .create_view(&wgpu::TextureViewDescriptor::default());
                let group = pipelines.composing.source_group(gpu, &view);
                (view, group)
            },
            |wall| (wall.view, wall.group),
        );
        let mut pass = encoder.begin_render_pass(&wgpu::RenderPassDescriptor {
            label: Some("wall"),
            color_attachments: &[Some(wgpu::RenderPassColorAttachment {
                view: &view,
                depth_slice: None,
                resolve_target: None,
                ops: wgpu::Operations {
                    load: wgpu::LoadOp::Clear(wgpu::Color::TRANSPARENT),
                    store: wgpu::StoreOp::Store,
                },
            })],
            ..Default::default()
        });
        pass.set_pipeline(&pipelines.composing.wall);
        pass.set_bind_group(0, frame_group, &[]);
        pass.draw(0..3, 0..1);
        drop(pass);
        Some(Self { key, view, group })
    }

    /// Records that its `regions` are copied into `target`, where that takes them as they are: much cheaper than drawing where
    /// there is no GPU. `false` where it does not.
    pub(super) fn copied(
        &self,
        encoder: &mut wgpu::CommandEncoder,
        target: &wgpu::Texture,
        regions: &[Region],
    ) -> bool {
        let own = self.view.texture();
        let fits = target.usage().contains(wgpu::TextureUsages::COPY_DST)
            && (target.format(), target.size()) == (own.format(), own.size());
        for Region { origin: (x, y), size: (width, height) } in regions.iter().filter(|_| fits) {
            let at = |texture| wgpu::TexelCopyTextureInfo {
                texture,
                mip_level: 0,
                origin: wgpu::Origin3d { x: *x, y: *y, z: 0 },
                aspect: wgpu::TextureAspect::All,
            };
            let extent = wgpu::Extent3d { width: *width, height: *height, depth_or_array_layers: 1 };
            encoder.copy_texture_to_texture(at(own), at(target), extent);
        }
        fits
    }
}

impl Renderer {
    /// The wall as it was kept, where one is to be seen.
    pub(super) fn wall_of(&self, frame: &Frame) -> Option<&Wall> {
        self.wall.as_ref().filter(|_| matches!(frame.backdrop, Backdrop::Studio { .. }))
    }

    /// Behind the actors of a part: the floor with their shadow, the wall elsewhere.
    pub(super) fn draw_backdrop(
        &self,
        pass: &mut wgpu::RenderPass<'_>,
        frame: &Frame,
        part: Region,
        floor: Option<Region>,
    ) {
        let Some(wall) = self.wall_of(frame) else { return };
        let inside = |region: &Region| Region {
            origin: (region.origin.0 - part.origin.0, region.origin.1 - part.origin.1),
            size: region.size,
        };
        let nothing = Region { origin: part.origin, size: (0, 0) };
        pass.set_bind_group(1, &wall.group, &[]);
        pass.set_pipeline(self.pipelines.composing.behind(false));
        part.without(&floor.unwrap_or(nothing)).for_each(|region| draw_region(pass, &inside(&region)));
        if let Some(floor) = floor {
            pass.set_pipeline(self.pipelines.composing.behind(true));
            draw_region(pass, &inside(&floor));
        }
        pass.set_scissor_rect(0, 0, part.size.0, part.size.1);
    }
}
